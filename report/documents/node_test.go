package documents

import (
	"encoding/json"
	"reflect"
	"strings"
	"testing"
)

// TestNodeReadsAsJSONDoes holds the reader of documents to encoding/json.
func TestNodeReadsAsJSONDoes(t *testing.T) {
	for _, text := range []string{queuePolicy, archivePolicy, trustPolicy, `[1,2.5,-3e9,"a\"b\\c\u00e9",null,true,[],{}]`, `"x"`, ` {"a" : [ ] } `} {
		n, ok := readNode(text)
		if !ok {
			t.Errorf("%s is not read", text)
			continue
		}
		p := &printer{}
		p.value(&n, place{})
		var b strings.Builder
		for _, l := range p.lines {
			b.WriteString(l.text)
		}
		laidOut := ""
		for _, l := range Compare(Parse(text, nil), nil).Lines {
			laidOut += l.A + "\n"
		}
		if !json.Valid([]byte(laidOut)) {
			t.Errorf("%s is laid out as\n%s", text, laidOut)
		}
		var got, want any
		if err := json.Unmarshal([]byte(b.String()), &got); err != nil {
			t.Errorf("%s became %s: %v", text, b.String(), err)
		}
		if err := json.Unmarshal([]byte(text), &want); err != nil {
			t.Fatal(err)
		}
		if !reflect.DeepEqual(got, want) {
			t.Errorf("%s became %s", text, b.String())
		}
	}
	for _, text := range []string{"", "{", `{"a"}`, `{"a":1,}`, `[1 2]`, "nul", "\"\xff\"", `{"a":"\udc00"}`, "]", `{1:2}`} {
		if _, ok := readNode(text); ok {
			t.Errorf("%q is read as JSON", text)
		}
	}
}
