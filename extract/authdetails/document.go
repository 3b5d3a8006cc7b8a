package authdetails

import (
	"iamctl/extract"
	"iamctl/inventory"

	"github.com/go-json-experiment/json/jsontext"
)

// document is a policy document as it is in the file. Where it has no
// text, reason says why and raw what there is instead.
type document struct {
	text        inventory.Document
	kind        inventory.GapKind // of the gap: read or parse
	reason, raw string
}

// missing returns a document before its field is met.
func missing() document {
	return document{kind: inventory.GapRead, reason: "the file has no document for it"}
}

// document reads a policy document in any of its forms.
func (p *parser) document(to *document) error {
	v, err := p.dec.ReadValue()
	if err != nil {
		return err
	}
	switch v.Kind() {
	case jsontext.KindNull:
		return nil
	case jsontext.KindBeginObject, jsontext.KindString:
		text, err := extract.DocumentOf(v)
		switch {
		case err != nil:
			*to = document{kind: inventory.GapParse, reason: err.Error(), raw: string(text)}
		case text == "":
			*to = document{kind: inventory.GapRead, reason: "the file has an empty text for its document"}
		default:
			*to = document{text: text}
		}
		return nil
	}
	*to = document{kind: inventory.GapParse, reason: "its document is neither an object nor a string", raw: string(v)}
	return nil
}

// settle returns the text of a document and records a gap where it has none.
// at says whose document it is.
func (p *parser) settle(d document, at inventory.Gap) inventory.Document {
	if d.reason != "" {
		at.Kind, at.Reason, at.Raw, at.Blind = d.kind, d.reason, d.raw, true
		p.gaps = append(p.gaps, at)
	}
	return d.text
}

type inline struct {
	name     string
	document document
}

// inlineList reads a RolePolicyList, UserPolicyList or GroupPolicyList.
func (p *parser) inlineList(in string, to *[]inline) error {
	return p.elements(func() error {
		offset := p.dec.InputOffset()
		one := inline{document: missing()}
		err := p.members(func(name string) error {
			switch name {
			case "PolicyName":
				return p.text(&one.name)
			case "PolicyDocument":
				return p.document(&one.document)
			}
			return p.unknown(in, name)
		})
		if err == nil && one.name == "" {
			err = p.faultAt(offset, "%s: an inline policy has no PolicyName", in)
		}
		*to = append(*to, one)
		return err
	})
}

// settleInline returns the inline policies of an entity. A gap of a role names
// the policy that it is about.
func (p *parser) settleInline(list []inline, entity inventory.Entity, name string) []inventory.InlinePolicy {
	var out []inventory.InlinePolicy
	for _, one := range list {
		at := inventory.Gap{Entity: entity, Name: name, Part: inventory.PartInline, PolicyName: one.name}
		out = append(out, inventory.InlinePolicy{Name: one.name, Document: p.settle(one.document, at)})
	}
	return out
}

// attached reads an AttachedManagedPolicies.
func (p *parser) attached(in string, to *[]inventory.PolicyRef) error {
	return p.elements(func() error {
		offset := p.dec.InputOffset()
		var ref inventory.PolicyRef
		err := p.members(func(name string) error {
			switch name {
			case "PolicyName":
				return p.text(&ref.Name)
			case "PolicyArn":
				return p.text(&ref.ARN)
			}
			return p.unknown(in, name)
		})
		if err == nil && (ref.ARN == "" || ref.Name == "") {
			err = p.faultAt(offset, "%s: an attached policy needs PolicyName and PolicyArn", in)
		}
		*to = append(*to, ref)
		return err
	})
}

// boundary reads a PermissionsBoundary. Its type says nothing: IAM writes it
// in two ways.
func (p *parser) boundary(in string, to **inventory.PolicyRef) error {
	if null, err := p.null(); null || err != nil {
		return err
	}
	offset := p.dec.InputOffset()
	var ref inventory.PolicyRef
	err := p.members(func(name string) error {
		switch name {
		case "PermissionsBoundaryArn":
			return p.text(&ref.ARN)
		case "PermissionsBoundaryType":
			return p.skip()
		}
		return p.unknown(in, name)
	})
	if err == nil && ref.ARN == "" {
		err = p.faultAt(offset, "%s: a permissions boundary has no PermissionsBoundaryArn", in)
	}
	ref.Name = extract.PolicyName(ref.ARN)
	*to = &ref
	return err
}

// tags reads a list of tags. One that is not Unicode makes them odd.
func (p *parser) tags(in string, to *[]inventory.Tag, odd *oddParts) error {
	return p.elements(func() error {
		offset := p.dec.InputOffset()
		var tag inventory.Tag
		half := func(to *string) error {
			unicode, err := p.anyText(to)
			odd.add(inventory.PartTag, unicode)
			return err
		}
		err := p.members(func(name string) error {
			switch name {
			case "Key":
				return half(&tag.Key)
			case "Value":
				return half(&tag.Value)
			}
			return p.unknown(in, name)
		})
		if err == nil && tag.Key == "" {
			err = p.faultAt(offset, "%s: a tag has no Key", in)
		}
		*to = append(*to, tag)
		return err
	})
}
