// Package lake makes tables of accounts, of what an audit finds in them and of drifts as Parquet files, for
// engines that query years of them.
//
// A file has one table of one account on one day, and lies where engines look for it by
// Hive's convention: see Path. Tables share names of columns where these mean the same.
// A column is null where its source did not read the value, or where there is none.
//
// Parquet's texts are UTF-8. Bytes that are not become the text \x{HEX}, as in the other
// files of iamctl; every other character stays as it is, NUL included.
package lake

import (
	"fmt"
	"path"
	"time"
	"unicode/utf8"

	"iamctl/inventory"
	"iamctl/policy"
)

// The tables, in the order in which those of one account are written: what refers to
// another table comes after it.
const (
	Documents = "documents"
	Items     = "items"
	Findings  = "findings"
	Drifts    = "drifts"
	Roles     = "roles"
)

// Tables returns the names of the tables.
func Tables() []string { return []string{Documents, Items, Findings, Drifts, Roles} }

// Path returns where the file of a table is within the lake, with slashes. account is what
// Partition returns.
func Path(table string, day time.Time, account string) string {
	return path.Join(table, "day="+day.Format(time.DateOnly), "account="+account, "part-0.parquet")
}

// Partition returns the name of an account in paths: its id. Where the id is not known, or
// is none, it is "unknown-" and the tag, escaped as Hive does, so that no two accounts of a
// run share a folder.
func Partition(id, tag string) string {
	if policy.IsAccountID(id) {
		return id
	}
	b := []byte("unknown-")
	for i := range len(tag) {
		c := tag[i]
		if 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9' || c == '.' || c == '_' || c == '-' {
			b = append(b, c)
		} else {
			b = fmt.Appendf(b, "%%%02X", c)
		}
	}
	return string(b)
}

// Source is where an account was read from.
type Source struct {
	// Tag is the account's short name, and Name its source as it was written.
	Tag, Name string
	// Account is the account's name within its organisation, and Path the names of the
	// units above it; "" where no organisation or list of accounts was read.
	Account, Path string
}

// text returns s with the bytes spelled out that are not UTF-8.
func text(s string) string {
	if utf8.ValidString(s) {
		return s
	}
	var b []byte
	for len(s) > 0 {
		r, n := utf8.DecodeRuneInString(s)
		if r == utf8.RuneError && n == 1 {
			b = fmt.Appendf(b, `\x{%X}`, s[0])
		} else {
			b = append(b, s[:n]...)
		}
		s = s[n:]
	}
	return string(b)
}

// orNull returns nil for "".
func orNull[T ~string](s T) *string {
	if s == "" {
		return nil
	}
	t := text(string(s))
	return &t
}

// textOf returns the text of what may not be known.
func textOf(s *string) *string {
	if s == nil {
		return nil
	}
	t := text(*s)
	return &t
}

// momentOf returns nil for the zero time, which is not known.
func momentOf(t time.Time) *time.Time {
	if t.IsZero() {
		return nil
	}
	t = t.UTC().Truncate(time.Millisecond)
	return &t
}

// unread says what of its roles a source could not read.
type unread []inventory.Gap

// unreadOf returns what of the account's roles could not be read.
func unreadOf(f *inventory.Flat) unread {
	var out unread
	for _, g := range f.Gaps {
		if g.Blind && (g.Entity == inventory.EntityRole || g.Entity == inventory.EntityAccount && g.Part != "") {
			out = append(out, g)
		}
	}
	return out
}

// whole reports whether a part of a role is missing as a whole.
func (u unread) whole(role string, part inventory.Part) bool {
	for _, g := range u {
		if (g.Name == "" || g.Name == role) && (g.Part == "" || g.Part == part) && g.PolicyName == "" {
			return true
		}
	}
	return false
}
