package snapshot

import (
	"iamctl/extract/jsonfile"
	"iamctl/inventory"

	"github.com/go-json-experiment/json/jsontext"
)

// The parts of an entity check themselves, so that a missing field is
// reported where it is missing.

// UnmarshalJSONFrom reads the part.
func (f *refFile) UnmarshalJSONFrom(dec *jsontext.Decoder) error {
	type plain refFile
	return jsonfile.ReadPart(dec, (*plain)(f), func() error { return jsonfile.Required("arn", f.ARN, "name", f.Name) })
}

// UnmarshalJSONFrom reads the part.
func (f *inlineFile) UnmarshalJSONFrom(dec *jsontext.Decoder) error {
	type plain inlineFile
	return jsonfile.ReadPart(dec, (*plain)(f), func() error { return jsonfile.Required("name", f.Name, "document", f.Document) })
}

// UnmarshalJSONFrom reads the part.
func (f *profileFile) UnmarshalJSONFrom(dec *jsontext.Decoder) error {
	type plain profileFile
	return jsonfile.ReadPart(dec, (*plain)(f), func() error { return jsonfile.Required("arn", f.ARN, "name", f.Name, "path", f.Path) })
}

func refTo(p *inventory.PolicyRef) *refFile {
	if p == nil {
		return nil
	}
	return &refFile{ptr(text(p.ARN)), ptr(text(p.Name))}
}

func refFrom(f *refFile) *inventory.PolicyRef {
	if f == nil {
		return nil
	}
	return &inventory.PolicyRef{Name: string(*f.Name), ARN: string(*f.ARN)}
}

func refsTo(refs []inventory.PolicyRef) []refFile {
	return jsonfile.Each(refs, func(p inventory.PolicyRef) refFile { return *refTo(&p) })
}

func refsFrom(refs []refFile) []inventory.PolicyRef {
	return jsonfile.Each(refs, func(f refFile) inventory.PolicyRef { return *refFrom(&f) })
}

func inlineTo(inline []inventory.InlinePolicy) []inlineFile {
	return jsonfile.Each(inline, func(p inventory.InlinePolicy) inlineFile {
		return inlineFile{ptr(document(p.Document)), ptr(text(p.Name))}
	})
}

func inlineFrom(inline []inlineFile) []inventory.InlinePolicy {
	return jsonfile.Each(inline, func(f inlineFile) inventory.InlinePolicy {
		return inventory.InlinePolicy{Name: string(*f.Name), Document: inventory.Document(*f.Document)}
	})
}
