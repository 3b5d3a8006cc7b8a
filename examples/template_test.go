package examples_test

import (
	"encoding/json"
	"fmt"
	"regexp"
	"strings"
	"testing"

	"gopkg.in/yaml.v3"
)

// template is a CloudFormation template with its parameters filled in.
type template struct {
	t          *testing.T
	file       string
	parameters map[string]any
	conditions map[string]any
	// Resources are by logical id, with every function of CloudFormation
	// replaced by its result.
	Resources map[string]resource
	declared  map[string]bool
}

type resource struct {
	Type       string
	Properties map[string]any
}

// instantiate fills in a template: parameters without a default get a value
// from given.
func instantiate(t *testing.T, file string, given map[string]any) *template {
	t.Helper()
	var root yaml.Node
	parse(t, file, &root)
	refuseAliases(t, file, &root)
	top := root.Content[0]
	m := &template{t: t, file: file, Resources: map[string]resource{}, declared: map[string]bool{}, parameters: map[string]any{
		"AWS::Partition": "aws", "AWS::AccountId": "111122223333", "AWS::Region": "eu-central-1", "AWS::StackName": "iam-drift",
	}}
	for name, p := range each(child(top, "Parameters")) {
		m.parameters[name] = m.value(child(p, "Default"))
		if v, ok := given[name]; ok {
			m.parameters[name] = v
		} else if child(p, "Default") == nil {
			t.Errorf("%s: the test has no value for the parameter %s", file, name)
		}
		if pattern := child(p, "AllowedPattern"); pattern != nil && !regexp.MustCompile(pattern.Value).MatchString(fmt.Sprint(m.parameters[name])) {
			t.Errorf("%s: %s does not allow %v", file, name, m.parameters[name])
		}
	}
	m.conditions = map[string]any{}
	for name, c := range each(child(top, "Conditions")) {
		m.conditions[name] = m.value(c)
	}
	for name := range each(child(top, "Resources")) {
		m.declared[name] = true
	}
	for name, r := range each(child(top, "Resources")) {
		properties, _ := m.value(child(r, "Properties")).(map[string]any)
		m.Resources[name] = resource{child(r, "Type").Value, properties}
	}
	for _, o := range each(child(top, "Outputs")) {
		m.value(o)
	}
	return m
}

// refuseAliases: CloudFormation reads YAML without anchors and aliases.
func refuseAliases(t *testing.T, file string, n *yaml.Node) {
	t.Helper()
	if n.Anchor != "" || n.Kind == yaml.AliasNode {
		t.Errorf("%s:%d: CloudFormation knows no anchors and aliases", file, n.Line)
	}
	for _, c := range n.Content {
		refuseAliases(t, file, c)
	}
}

// each walks over a mapping; a nil node is an empty one.
func each(n *yaml.Node) func(yield func(string, *yaml.Node) bool) {
	return func(yield func(string, *yaml.Node) bool) {
		for i := 0; n != nil && i < len(n.Content); i += 2 {
			if !yield(n.Content[i].Value, n.Content[i+1]) {
				return
			}
		}
	}
}

func child(n *yaml.Node, name string) *yaml.Node {
	for k, v := range each(n) {
		if k == name {
			return v
		}
	}
	return nil
}

// value is what a node comes to.
func (m *template) value(n *yaml.Node) any {
	if n == nil {
		return nil
	}
	if strings.HasPrefix(n.Tag, "!") && !strings.HasPrefix(n.Tag, "!!") {
		return m.function(n)
	}
	switch n.Kind {
	case yaml.SequenceNode:
		list := []any{}
		for _, c := range n.Content {
			list = append(list, m.value(c))
		}
		return list
	case yaml.MappingNode:
		fields := map[string]any{}
		for k, v := range each(n) {
			if m.none(v) {
				continue
			}
			if strings.HasPrefix(k, "Fn::") || k == "Ref" && len(n.Content) == 2 {
				m.t.Errorf("%s:%d: write %s in its short form, which this test reads", m.file, n.Line, k)
			}
			fields[k] = m.value(v)
		}
		return fields
	}
	var v any
	if err := n.Decode(&v); err != nil {
		m.t.Errorf("%s:%d: %v", m.file, n.Line, err)
	}
	return v
}

// none reports whether a node takes its field away (AWS::NoValue).
func (m *template) none(n *yaml.Node) bool {
	if n.Tag == "!If" && len(n.Content) == 3 {
		if m.conditions[n.Content[0].Value].(bool) {
			return m.none(n.Content[1])
		}
		return m.none(n.Content[2])
	}
	return n.Tag == "!Ref" && n.Value == "AWS::NoValue"
}

func (m *template) function(n *yaml.Node) any {
	if n.Tag == "!If" {
		if m.conditions[n.Content[0].Value].(bool) {
			return m.value(n.Content[1])
		}
		return m.value(n.Content[2])
	}
	var args []any
	for _, c := range n.Content {
		args = append(args, m.value(c))
	}
	switch n.Tag {
	case "!Ref":
		return m.ref(n.Value, n.Line)
	case "!GetAtt":
		return m.attribute(n.Value, n.Line)
	case "!Sub":
		if n.Kind == yaml.ScalarNode {
			return m.sub(n.Value, nil, n.Line)
		}
		return m.sub(args[0].(string), args[1].(map[string]any), n.Line)
	case "!Equals":
		return args[0] == args[1]
	case "!Not":
		return !args[0].(bool)
	case "!Select":
		return args[1].([]any)[args[0].(int)]
	case "!Split":
		var parts []any
		for _, p := range strings.Split(args[1].(string), args[0].(string)) {
			parts = append(parts, p)
		}
		return parts
	}
	m.t.Errorf("%s:%d: the test does not know %s", m.file, n.Line, n.Tag)
	return nil
}

func (m *template) ref(name string, line int) any {
	if v, ok := m.parameters[name]; ok {
		return v
	}
	if !m.declared[name] {
		m.t.Errorf("%s:%d: there is no %s", m.file, line, name)
	}
	return "arn:aws:example:eu-central-1:111122223333:" + name
}

func (m *template) attribute(name string, line int) any {
	id, attribute, ok := strings.Cut(name, ".")
	if !ok || !m.declared[id] {
		m.t.Errorf("%s:%d: there is no %s", m.file, line, name)
	}
	if attribute == "Arn" {
		return "arn:aws:example:eu-central-1:111122223333:" + id
	}
	return id + "-" + attribute
}

var variable = regexp.MustCompile(`\$\{([^}!]+)\}`)

func (m *template) sub(text string, own map[string]any, line int) string {
	return variable.ReplaceAllStringFunc(text, func(v string) string {
		name := v[2 : len(v)-1]
		if o, ok := own[name]; ok {
			return fmt.Sprint(o)
		}
		if strings.Contains(name, ".") {
			return fmt.Sprint(m.attribute(name, line))
		}
		return fmt.Sprint(m.ref(name, line))
	})
}

// documents are the policy documents below a value, by where they are.
func documents(where string, v any) map[string]string {
	found := map[string]string{}
	switch v := v.(type) {
	case map[string]any:
		if _, ok := v["Statement"]; ok {
			text, err := json.Marshal(v)
			if err != nil {
				panic(err)
			}
			found[where] = string(text)
			return found
		}
		for k, c := range v {
			for w, d := range documents(where+"."+k, c) {
				found[w] = d
			}
		}
	case []any:
		for i, c := range v {
			name := fmt.Sprint(i)
			if fields, ok := c.(map[string]any); ok && fields["PolicyName"] != nil {
				name = fmt.Sprint(fields["PolicyName"])
			}
			for w, d := range documents(where+"."+name, c) {
				found[w] = d
			}
		}
	}
	return found
}
