package api

import (
	"crypto/sha256"
	"encoding/hex"
)

// digest is one short hash of several texts.
func digest(parts []string) string {
	h := sha256.New()
	for _, p := range parts {
		h.Write([]byte(p))
		h.Write([]byte{0})
	}
	return hex.EncodeToString(h.Sum(nil)[:20])
}
