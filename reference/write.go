package reference

import (
	"bufio"
	"io"
	"strconv"

	"github.com/go-json-experiment/json/jsontext"
)

// The first two members of an iam.json.
const (
	formatName    = "iamctl-reference"
	formatVersion = 1
)

// Write writes the reference as iam.json: the same reference makes the same
// bytes, and an action, resource type or condition key has a line of its own.
//
// The file is an object with the members format, formatVersion, version,
// source and services. A service has "keys", by name their types; "resources",
// by name their ARN formats and keys; and "actions", by name their access
// level, and the names of their resources and keys, left out where there are
// none. Everything is named and not numbered, so that an addition changes one
// line.
func (r *Reference) Write(w io.Writer) error {
	out := bufio.NewWriter(w)
	head := append([]byte(nil), "{\n  \"format\": "...)
	head = quote(head, formatName)
	head = append(head, ",\n  \"formatVersion\": "+strconv.Itoa(formatVersion)...)
	head = quote(append(head, ",\n  \"version\": "...), r.version)
	head = quote(append(head, ",\n  \"source\": "...), r.source)
	out.Write(append(head, ",\n  \"services\": {"...))
	var line []byte
	for i, prefix := range r.prefixes {
		s, _ := r.Service(prefix)
		line = quote(append(line[:0], separator(i)+"\n    "...), prefix)
		out.Write(appendService(append(line, ": "...), s))
	}
	out.WriteString("\n  }\n}\n")
	return out.Flush() // the first error of all writes
}

// appendService appends the value of a service's member.
func appendService(b []byte, s *Service) []byte {
	b = append(b, "{\n      \"keys\": {"...)
	for i, k := range s.ConditionKeys {
		b = quote(appendName(b, i, k.Name), k.Type)
	}
	b = append(b, "\n      },\n      \"resources\": {"...)
	for i, t := range s.ResourceTypes {
		b = append(appendName(b, i, t.Name), `{"formats": `...)
		b = appendList(b, t.Formats)
		b = append(appendMember(b, "keys", t.ConditionKeys), '}')
	}
	b = append(b, "\n      },\n      \"actions\": {"...)
	for i, a := range s.Actions {
		b = append(appendName(b, i, a.Name), `{"access": `...)
		b = quote(b, a.Access)
		b = appendMember(b, "resources", s.typeNames(a.ResourceTypes))
		b = append(appendMember(b, "keys", a.ConditionKeys), '}')
	}
	return append(b, "\n      }\n    }"...)
}

func (s *Service) typeNames(indexes []int) []string {
	names := make([]string, len(indexes))
	for i, t := range indexes {
		names[i] = s.ResourceTypes[t].Name
	}
	return names
}

func appendName(b []byte, i int, name string) []byte {
	b = quote(append(b, separator(i)+"\n        "...), name)
	return append(b, ": "...)
}

// appendMember appends a further member with a list, which may be left out
// where it is empty.
func appendMember(b []byte, name string, list []string) []byte {
	if len(list) == 0 {
		return b
	}
	b = append(b, `, "`+name+`": `...)
	return appendList(b, list)
}

func appendList(b []byte, list []string) []byte {
	b = append(b, '[')
	for i, s := range list {
		if i > 0 {
			b = append(b, ", "...)
		}
		b = quote(b, s)
	}
	return append(b, ']')
}

func separator(i int) string {
	if i == 0 {
		return ""
	}
	return ","
}

// quote appends s as a JSON string. Every text of a reference is valid UTF-8
// without control characters: check.go refuses others.
func quote(b []byte, s string) []byte {
	out, err := jsontext.AppendQuote(b, s)
	if err != nil {
		panic("reference: text that is not UTF-8: " + strconv.Quote(s))
	}
	return out
}
