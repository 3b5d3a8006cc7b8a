package jsonfile

import (
	"github.com/go-json-experiment/json/jsontext"

	"iamctl/inventory"
)

// Gap is a gap in a file, its fields sorted by key. A field that must be there is a pointer,
// so that its absence shows.
type Gap struct {
	Account    Text  `json:"account,omitzero"`
	Blind      *bool `json:"blind"`
	Entity     *Text `json:"entity"`
	Kind       *Text `json:"kind"`
	Name       Text  `json:"name,omitzero"`
	PolicyName Text  `json:"policyName,omitzero"`
	PolicyType Text  `json:"policyType,omitzero"`
	Raw        Text  `json:"raw,omitzero"`
	Reason     *Text `json:"reason"`
}

// Tag is a tag in a file.
type Tag struct {
	Key   *Text `json:"key"`
	Value *Text `json:"value"`
}

// UnmarshalJSONFrom reads the tag.
func (f *Tag) UnmarshalJSONFrom(dec *jsontext.Decoder) error {
	type plain Tag
	return ReadPart(dec, (*plain)(f), func() error { return Required("key", f.Key, "value", f.Value) })
}

// UnmarshalJSONFrom reads the gap.
func (f *Gap) UnmarshalJSONFrom(dec *jsontext.Decoder) error {
	type plain Gap
	return ReadPart(dec, (*plain)(f), func() error {
		return Required("blind", f.Blind, "entity", f.Entity, "kind", f.Kind, "reason", f.Reason)
	})
}

// TextOf returns a pointer to a text, for fields that must be there.
func TextOf(s string) *Text { t := Text(s); return &t }

// GapsOf returns gaps as files have them.
func GapsOf(gaps []inventory.Gap) []Gap {
	return Each(gaps, func(g inventory.Gap) Gap {
		return Gap{
			Account: Text(g.Account), Blind: &g.Blind, Entity: TextOf(string(g.Entity)), Kind: TextOf(string(g.Kind)), Name: Text(g.Name),
			PolicyName: Text(g.PolicyName), PolicyType: Text(g.Part), Raw: Text(g.Raw), Reason: TextOf(g.Reason),
		}
	})
}

// Gaps returns the gaps of a file.
func Gaps(gaps []Gap) []inventory.Gap {
	return Each(gaps, func(g Gap) inventory.Gap {
		return inventory.Gap{
			Account: string(g.Account), Blind: *g.Blind, Entity: inventory.Entity(*g.Entity), Kind: inventory.GapKind(*g.Kind), Name: string(g.Name),
			PolicyName: string(g.PolicyName), Part: inventory.Part(g.PolicyType), Raw: string(g.Raw), Reason: string(*g.Reason),
		}
	})
}

// TagsOf returns tags as files have them.
func TagsOf(tags []inventory.Tag) []Tag {
	return Each(tags, func(t inventory.Tag) Tag { return Tag{TextOf(t.Key), TextOf(t.Value)} })
}

// Tags returns the tags of a file.
func Tags(tags []Tag) []inventory.Tag {
	return Each(tags, func(f Tag) inventory.Tag { return inventory.Tag{Key: string(*f.Key), Value: string(*f.Value)} })
}
