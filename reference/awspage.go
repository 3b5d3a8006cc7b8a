package reference

import (
	"errors"
	"fmt"

	"iamctl/internal/jsonplace"
)

// The format of AWS's service reference is described in the Service
// Authorization Reference, "Simplified AWS service information for programmatic
// access".

// listed is an entry of the list of services.
type listed struct {
	service, url string
}

// pageReader reads a list of services or the page of one.
type pageReader struct {
	p *parser
	// unused counts the members that are there and not read.
	unused map[string]int
}

// readPage returns what read makes of the text; url is for the errors.
func readPage[T any](url string, body []byte, read func(*pageReader) (T, error)) (T, map[string]int, error) {
	r := &pageReader{unused: map[string]int{}}
	var out T
	var err error
	if r.p, err = newParser(body); err == nil {
		out, err = read(r)
	}
	var pos *posError
	if errors.As(err, &pos) {
		err = fmt.Errorf("%s: %v: %s", url, jsonplace.Of(r.p.text, pos.offset), pos.message)
	}
	return out, r.unused, err
}

func (r *pageReader) services() ([]listed, error) {
	var out []listed
	err := r.p.array("list of services", "", func() error {
		var e listed
		at := r.p.pos
		err := r.fields("service", map[string]func() error{
			"service": r.text("service", &e.service),
			"url":     r.text("url", &e.url),
		})
		if err == nil && (e.service == "" || e.url == "") {
			err = errorAt(at, "an entry of the list lacks service or url")
		}
		out = append(out, e)
		return err
	})
	if err == nil && len(out) == 0 {
		err = errorAt(0, "the list of services is empty")
	}
	return out, err
}

func (r *pageReader) page() (Page, error) {
	var p Page
	hasActions := false
	err := r.fields("page", map[string]func() error{
		"Name": r.text("Name", &p.Prefix),
		"Actions": func() error {
			hasActions = true
			return r.list("Actions", func() error { return r.action(&p) })
		},
		"Resources":     func() error { return r.list("Resources", func() error { return r.resource(&p) }) },
		"ConditionKeys": func() error { return r.list("ConditionKeys", func() error { return r.key(&p) }) },
	}, "Operations", "Version")
	switch {
	case err != nil:
		return p, err
	case p.Prefix == "":
		return p, errorAt(0, "the page has no Name")
	case !hasActions:
		return p, errorAt(0, "the page of %s has no Actions", p.Prefix)
	}
	return p, nil
}

func (r *pageReader) action(p *Page) error {
	var a PageAction
	var properties map[string]bool
	err := r.fields("action", map[string]func() error{
		"Name":                r.text("action's Name", &a.Name),
		"ActionConditionKeys": r.texts("ActionConditionKeys", &a.ConditionKeys),
		"Annotations": func() error {
			return r.fields("Annotations", map[string]func() error{"Properties": r.flags(&properties)})
		},
		"Resources": func() error {
			return r.list("action's Resources", func() error {
				var name string
				err := r.fields("action's resource", map[string]func() error{"Name": r.text("resource's Name", &name)})
				a.ResourceTypes = append(a.ResourceTypes, name)
				return err
			})
		},
	}, "SupportedBy")
	a.Access = accessOf(properties)
	p.Actions = append(p.Actions, a)
	return err
}

// accessOf derives the access level. AWS: the properties do not exclude each
// other, and one with none of them only reads.
func accessOf(properties map[string]bool) string {
	switch {
	case properties == nil:
		return ""
	case properties["IsPermissionManagement"]:
		return "Permissions management"
	case properties["IsTaggingOnly"]:
		return "Tagging"
	case properties["IsWrite"]:
		return "Write"
	case properties["IsList"]:
		return "List"
	}
	return "Read"
}

func (r *pageReader) resource(p *Page) error {
	var t ResourceType
	err := r.fields("resource", map[string]func() error{
		"Name":          r.text("resource's Name", &t.Name),
		"ARNFormats":    r.texts("ARNFormats", &t.Formats),
		"ConditionKeys": r.texts("resource's ConditionKeys", &t.ConditionKeys),
	})
	p.ResourceTypes = append(p.ResourceTypes, t)
	return err
}

func (r *pageReader) key(p *Page) error {
	var k ConditionKey
	var types []string
	err := r.fields("condition key", map[string]func() error{
		"Name":  r.text("condition key's Name", &k.Name),
		"Types": r.texts("Types", &types),
	})
	k.Type = joinTypes(types)
	p.ConditionKeys = append(p.ConditionKeys, k)
	return err
}
