package inventory_test

import (
	"testing"

	"iamctl/inventory"
)

// TestParsed keeps as many documents as there is room for, those of a partition apart.
func TestParsed(t *testing.T) {
	p, one, two := inventory.NewParsed(10), &inventory.ParsedDocument{}, &inventory.ParsedDocument{}
	p.Keep("123456", "aws", one)
	p.Keep("123456", "aws", two)
	p.Keep("12345", "aws", two)
	p.Keep("1234", "aws-cn", two)
	for _, tt := range []struct {
		text      inventory.Document
		partition string
		want      *inventory.ParsedDocument
		reason    string
	}{
		{"123456", "aws", one, "the first one stays"},
		{"12345", "aws", nil, "there was no room"},
		{"1234", "aws-cn", two, "what is left is enough"},
		{"1234", "aws", nil, "another partition"},
	} {
		if got := p.Get(tt.text, tt.partition); got != tt.want {
			t.Errorf("%s: %p, want %p", tt.reason, got, tt.want)
		}
	}
	var none *inventory.Parsed
	none.Keep("1", "aws", one)
	if none.Get("1", "aws") != nil {
		t.Error("nil keeps a document")
	}
}
