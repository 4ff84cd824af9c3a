package feed

import (
	"fmt"
	"strings"
	"testing"
)

// outline reads a file <l> and writes its <e> elements as they are handed over.
func outline(s string) (string, error) {
	var b strings.Builder
	var write func(n *node)
	write = func(n *node) {
		fmt.Fprintf(&b, "%s@%d", n.Name, n.Line)
		if v := n.Attr("id"); v != "" {
			b.WriteString("#" + v)
		}
		if v := n.Text(); v != "" {
			b.WriteString("=" + v)
		}
		for _, k := range n.kids {
			b.WriteString("(")
			write(k)
			b.WriteString(")")
		}
	}
	err := walkXML(text("x.xml", s), "l", map[string]func(*node) error{
		"":     func(n *node) error { b.WriteString("date " + n.Attr("date")); return nil },
		"es/e": func(n *node) error { b.WriteString(" "); write(n); return nil },
	})
	return b.String(), err
}

func TestXML(t *testing.T) {
	got, err := outline("\ufeff<?xml version='1.0' encoding='utf-8'?>\n<l date=' 1 ' xmlns='urn:x'>\n<!-- c --><other><e>no</e></other>" +
		"<x:es xmlns:x='urn:y'>\n<x:e id='7'> a\n b<!-- c --> c <f/></x:e><e><e>inner</e></e></x:es></l>\n")
	if want := "date 1 e@4#7=a b c(f@5) e@5(e@5=inner)"; err != nil || got != want {
		t.Errorf("%q %v, want %q", got, err, want)
	}
	for _, c := range []struct{ text, want string }{
		{"", "the file is empty"},
		{"<html><body>", "the file is a web page, not a list; expected <l>"},
		{"<!DOCTYPE html>\n<html>", "the file declares DOCTYPE html"},
		{"<!DOCTYPE l [<!ENTITY a 'b'>]><l>&a;</l>", "the file declares DOCTYPE l"},
		{"<m/>", "the first element is <m>; expected <l>"},
		{"<l>\n<es>\n<e>", "x.xml:3: the file is cut"},
		{"<l>\n<es>\n<e>abc</e", "x.xml:3: the file is cut"},
		{"<l>\n<es></l>", "x.xml:2: </l> closes <es>"},
		{"<l></l><l></l>", "<l> stands after the end"},
		{"<l></l>x", "text stands outside"},
		{"<l>\n<es><e>\xe9</e></es></l>", "x.xml:2: the text is not UTF-8"},
		{"<?xml version='1.0' encoding='windows-1252'?><l></l>", `x.xml:1: the file declares the encoding "windows-1252"`},
		{"<l><es><e>&nbsp;</e></es></l>", "the XML is broken: invalid character entity"},
		{"<l>" + strings.Repeat("<a>", maxDepth+1), "nested deeper"},
		{"<l>" + strings.Repeat("a", maxToken+9), "longer than"},
		{"<l><es><e>" + strings.Repeat("<a/>", maxNodes+9), "more than"},
	} {
		if got, err := outline(c.text); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%.60q: %.60q %v, want %q", c.text, got, err, c.want)
		}
	}
}

func TestNode(t *testing.T) {
	var n *node
	if n.Text("a", "b") != "" || n.Attr("a") != "" || n.Kids("a") != nil || n.All("a") != nil {
		t.Error("a missing element is not empty")
	}
}
