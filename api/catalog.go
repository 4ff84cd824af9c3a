package api

import (
	"net/http"
	"strings"
)

// catalog says which datasets there are, and of which day.
func (w *answer) catalog(r *http.Request, p *params, _ []string) error {
	b, err := w.acquire(p)
	if err != nil {
		return err
	}
	w.header("ETag", b.etag)
	w.header("Cache-Control", "public, max-age=300")
	for tag := range strings.SplitSeq(r.Header.Get("If-None-Match"), ",") {
		if tag = strings.TrimPrefix(strings.TrimSpace(tag), "W/"); tag == "*" || tag == b.etag {
			w.code = http.StatusNotModified
			return nil
		}
	}
	out := append(w.out, `{"datasets":[`...)
	var current []string
	for _, d := range b.order {
		out = comma(out)
		out = b.appendDataset(out, d)
		current = append(current, d.name)
	}
	out = append(out, ']')
	out = appendStrings(appendField(out, "current"), current)
	w.out = append(out, `,"outdated":[],"index_stale":false}`...)
	return nil
}

// appendDataset writes one dataset. A collection has the version of its newest list.
func (b *Book) appendDataset(out []byte, d *Dataset) []byte {
	version, date, entities := "", "", 0
	for _, i := range d.lists {
		l := b.Lists[i]
		info := l.Snapshot.Info()
		entities += info.Entities
		if v := info.Date.String(); v >= date {
			date, version = v, max(version, l.version)
		}
	}
	out = append(out, '{')
	out = appendString(appendField(out, "name"), d.name)
	out = appendString(appendField(out, "title"), d.title)
	out = append(appendField(out, "summary"), "null"...)
	out = append(appendField(out, "description"), "null"...)
	if len(d.children) == 0 {
		info := b.Lists[d.lists[0]].Snapshot.Info()
		out = append(appendField(out, "publisher"), '{')
		out = appendString(appendField(out, "name"), info.Authority)
		out = append(out, '}')
		out = appendString(appendField(out, "license"), info.License)
	}
	out = appendNullable(appendField(out, "version"), version)
	out = appendNullable(appendField(out, "updated_at"), stampOf(date))
	out = appendNullable(appendField(out, "last_export"), stampOf(date))
	out = appendInt(appendField(out, "entity_count"), entities)
	out = appendInt(appendField(out, "thing_count"), entities)
	out = appendStrings(appendField(out, "children"), d.children)
	out = append(appendField(out, "tags"), "[]"...)
	out = append(appendField(out, "resources"), "[]"...)
	out = appendBool(appendField(out, "load"), true)
	out = append(appendField(out, "entities_url"), "null"...)
	out = append(appendField(out, "delta_url"), "null"...)
	out = appendBool(appendField(out, "namespace"), false)
	out = appendNullable(appendField(out, "index_version"), version)
	out = appendBool(appendField(out, "index_current"), true)
	out = append(appendField(out, "navicert"), '{')
	out = appendStrings(appendField(out, "aliases"), d.aliases)
	if len(d.children) == 0 {
		info := b.Lists[d.lists[0]].Snapshot.Info()
		out = appendString(appendField(out, "hash"), info.Hash)
		out = appendString(appendField(out, "form"), info.Form)
		out = appendInt(appendField(out, "names"), info.Names)
		out = appendInt(appendField(out, "wallets"), info.Wallets)
	}
	return append(out, '}', '}')
}

func stampOf(day string) string {
	if day == "" {
		return ""
	}
	return day + "T00:00:00"
}
