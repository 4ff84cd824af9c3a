// Package match looks names up in lists: through other scripts and
// spellings, errors in every word, other word order and other corporate
// forms. What else is known of the one asked about confirms or contradicts.
//
// It finds and ranks; what a hit means in law is not for it to say.
package match
