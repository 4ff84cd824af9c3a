package rule

import (
	"bytes"
	"encoding/gob"
	"fmt"
)

// Compile writes the law in the form that Decompile reads back many times
// faster than the YAML. The program carries its law in this form; a test
// holds it against the YAML.
func (l *Law) Compile() ([]byte, error) {
	var b bytes.Buffer
	err := gob.NewEncoder(&b).Encode(l)
	return b.Bytes(), err
}

// Decompile reads what Compile wrote.
func Decompile(data []byte) (*Law, error) {
	l := &Law{}
	if err := gob.NewDecoder(bytes.NewReader(data)).Decode(l); err != nil {
		return nil, fmt.Errorf("the compiled law is damaged: %w; run go generate ./law", err)
	}
	l.build()
	return l, nil
}
