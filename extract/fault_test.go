package extract

import (
	"errors"
	"io/fs"
	"strings"
	"testing"

	"github.com/go-json-experiment/json"
)

func TestPosition(t *testing.T) {
	const text = "{\n  \"ü\": 1,\n  \"b\": 2}"
	for _, tt := range []struct {
		before       string // the byte in question is the first of this
		line, column int
		reason       string
	}{
		{"{", 1, 1, "the beginning"},
		{"\"ü", 2, 3, "after a line end"},
		{": 1", 2, 8, "a colon and a blank are passed over; the column counts characters"},
		{",\n", 3, 3, "so are a comma and a line end"},
		{"}", 3, 9, "the end"},
	} {
		line, column := Position([]byte(text), int64(strings.Index(text, tt.before)))
		if line != tt.line || column != tt.column {
			t.Errorf("%q: %d:%d, want %d:%d: %s", tt.before, line, column, tt.line, tt.column, tt.reason)
		}
	}
	for _, offset := range []int64{-5, 1000} {
		Position([]byte(text), offset) // must not panic
	}
}

func TestJSONFault(t *testing.T) {
	type target struct {
		A int            `json:"a"`
		B map[string]int `json:"b"`
	}
	for _, tt := range []struct {
		in, want string
		offset   int64
		reason   string
	}{
		{`{"a":1,"c":2}`, `"/c": this field is not known`, 7, "an unknown field"},
		{`{"a":"x"}`, `"/a": a value of another type is wanted here, not a string`, 5, "another type"},
		{`{"a":1,"a":2}`, `"/a": the field stands here twice`, 7, "a field twice"},
		{`{"a":`, "the JSON text ends too early", 5, "cut off"},
		{`{"b":{"\u001b[2J":"x"}}`, `"/b/\x1b[2J": `, 18, "what goes to a terminal is quoted"},
		{`{"a":1}x`, "invalid character 'x'", 7, "more after it"},
	} {
		var v target
		err := json.Unmarshal([]byte(tt.in), &v, json.RejectUnknownMembers(true))
		offset, plain := JSONFault(err)
		if offset != tt.offset || !strings.Contains(plain.Error(), tt.want) || strings.Contains(plain.Error(), "Go ") {
			t.Errorf("%s: at %d: %v; want at %d: %s: %s", tt.in, offset, plain, tt.offset, tt.want, tt.reason)
		}
	}
	if offset, plain := JSONFault(fs.ErrPermission); offset != -1 || !errors.Is(plain, fs.ErrPermission) {
		t.Errorf("an error of the disk became %d, %v", offset, plain)
	}
}
