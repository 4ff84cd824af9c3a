// Package list holds watchlists: who was listed, by whom, and from which day
// to which.
package list
