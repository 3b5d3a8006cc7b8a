package snapshot

import (
	"iamctl/inventory"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
)

// The parts of an entity check themselves, so that a missing field is
// reported where it is missing.

// UnmarshalJSONFrom reads the part.
func (f *refFile) UnmarshalJSONFrom(dec *jsontext.Decoder) error {
	type plain refFile
	return readPart(dec, (*plain)(f), func() error { return required("arn", f.ARN, "name", f.Name) })
}

// UnmarshalJSONFrom reads the part.
func (f *inlineFile) UnmarshalJSONFrom(dec *jsontext.Decoder) error {
	type plain inlineFile
	return readPart(dec, (*plain)(f), func() error { return required("name", f.Name, "document", f.Document) })
}

// UnmarshalJSONFrom reads the part.
func (f *profileFile) UnmarshalJSONFrom(dec *jsontext.Decoder) error {
	type plain profileFile
	return readPart(dec, (*plain)(f), func() error { return required("arn", f.ARN, "name", f.Name, "path", f.Path) })
}

// UnmarshalJSONFrom reads the part.
func (f *tagFile) UnmarshalJSONFrom(dec *jsontext.Decoder) error {
	type plain tagFile
	return readPart(dec, (*plain)(f), func() error { return required("key", f.Key, "value", f.Value) })
}

// UnmarshalJSONFrom reads the gap.
func (f *gapFile) UnmarshalJSONFrom(dec *jsontext.Decoder) error {
	type plain gapFile
	return readPart(dec, (*plain)(f), func() error {
		return required("blind", f.Blind, "entity", f.Entity, "kind", f.Kind, "reason", f.Reason)
	})
}

func readPart(dec *jsontext.Decoder, plain any, check func() error) error {
	start := dec.InputOffset()
	if err := json.UnmarshalDecode(dec, plain); err != nil {
		return err
	}
	if err := check(); err != nil {
		return &json.SemanticError{ByteOffset: start, Err: err}
	}
	return nil
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
	return each(refs, func(p inventory.PolicyRef) refFile { return *refTo(&p) })
}

func refsFrom(refs []refFile) []inventory.PolicyRef {
	return each(refs, func(f refFile) inventory.PolicyRef { return *refFrom(&f) })
}

func inlineTo(inline []inventory.InlinePolicy) []inlineFile {
	return each(inline, func(p inventory.InlinePolicy) inlineFile {
		return inlineFile{ptr(document(p.Document)), ptr(text(p.Name))}
	})
}

func inlineFrom(inline []inlineFile) []inventory.InlinePolicy {
	return each(inline, func(f inlineFile) inventory.InlinePolicy {
		return inventory.InlinePolicy{Name: string(*f.Name), Document: inventory.Document(*f.Document)}
	})
}

func tagsTo(tags []inventory.Tag) []tagFile {
	return each(tags, func(t inventory.Tag) tagFile { return tagFile{ptr(text(t.Key)), ptr(text(t.Value))} })
}

func tagsFrom(tags []tagFile) []inventory.Tag {
	return each(tags, func(f tagFile) inventory.Tag { return inventory.Tag{Key: string(*f.Key), Value: string(*f.Value)} })
}
