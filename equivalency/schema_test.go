package equivalency_test

import (
	"bytes"
	"errors"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"iamctl/equivalency"
)

func compileSchema(t testing.TB) *jsonschema.Schema {
	t.Helper()
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(equivalency.Schema()))
	if err != nil {
		t.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	if err := c.AddResource("equivalency_list.schema.json", doc); err != nil {
		t.Fatal(err)
	}
	s, err := c.Compile("equivalency_list.schema.json")
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// valid is the schema's verdict; ok is false for what its reader cannot read.
func valid(s *jsonschema.Schema, text []byte) (valid, ok bool) {
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(text))
	if err != nil {
		return false, false
	}
	return s.Validate(doc) == nil, true
}

func TestSchemaAgreesWithParse(t *testing.T) {
	s := compileSchema(t)
	for _, tt := range badDictionaries {
		if got, ok := valid(s, []byte(tt.text)); ok && got != tt.meaning {
			t.Errorf("%s: Parse refuses %s for its meaning: %v; the schema accepts it: %v", tt.reason, tt.text, tt.meaning, got)
		}
	}
	for _, d := range []*equivalency.Dictionary{
		equivalency.Empty(), equivalency.Starter(),
		equivalency.Scoped([]equivalency.Identity{{Tag: "dev", ID: "123456789012"}, {Tag: "qa", ID: "987654321098"}}),
		{Form: equivalency.FormIAMCTL, Entries: []equivalency.Entry{{Placeholder: "a", Values: []equivalency.Value{{Text: "x"}}}}},
	} {
		if got, ok := valid(s, d.Marshal()); !ok || !got {
			t.Errorf("the schema refuses %s", d.Marshal())
		}
		if _, err := equivalency.Parse("d.json", d.Marshal()); err != nil {
			t.Errorf("Parse refuses %s: %v", d.Marshal(), err)
		}
	}
}

func FuzzParse(f *testing.F) {
	for _, tt := range badDictionaries {
		f.Add([]byte(tt.text))
	}
	f.Add(equivalency.Starter().Marshal())
	f.Add([]byte(`{"accountname": ["dev", "qa"], "000000000000": ["123456789012", "987654321098"]}`))
	f.Add([]byte(`{"version": 2, "equivalencies": [{"placeholder": "team", "values": {"dev": ["red", "blue"], "qa": "green"}, "match": "substring", "fields": ["rolename"], "$comment": "x"}], "shared": ["dev-tools"]}`))
	s := compileSchema(f)
	f.Fuzz(func(t *testing.T, text []byte) {
		d, err := equivalency.Parse("d.json", text)
		if err != nil {
			var errs equivalency.Errors
			if !errors.As(err, &errs) || len(errs) == 0 {
				t.Fatalf("%#v is no Errors", err)
			}
			return
		}
		if err := d.Check(); err != nil {
			t.Errorf("what was parsed does not check: %v", err)
		}
		if got, ok := valid(s, text); ok && !got {
			t.Errorf("Parse accepts and the schema refuses %s", text)
		}
		again, err := equivalency.Parse("d.json", d.Marshal())
		if err != nil {
			t.Fatalf("%s\nis what was written, and: %v", d.Marshal(), err)
		}
		if !bytes.Equal(again.Marshal(), d.Marshal()) {
			t.Errorf("written twice:\n%s\n%s", d.Marshal(), again.Marshal())
		}
	})
}
