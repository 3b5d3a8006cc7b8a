package reference

// decoder reads the services of an iam.json, one after another. It first
// collects what is there and then resolves the names, so that the members
// may come in any order. Lists of names repeat a lot within a service: those
// with the same text are resolved once and shared.
type decoder struct {
	p      *parser
	prefix string

	seen    map[string]bool
	keys    []rawKey
	types   []rawType
	actions []rawAction

	typeIndex map[string]int
	isKey     map[string]bool
	keyLists  map[string][]string
	typeLists map[string][]int
}

// named is a name and its place.
type named struct {
	name string
	at   int
}

func (n *named) self() *named { return n }

type rawKey struct {
	named
	kind string
}

type rawType struct {
	named
	formats, keys rawValue
}

type rawAction struct {
	named
	access, resources, keys rawValue
}

// rawValue is a valid JSON value and where it is; at is never 0 but in the
// zero value, which means none.
type rawValue struct {
	text string
	at   int
}

func newDecoder(p *parser) *decoder {
	return &decoder{
		p: p, seen: map[string]bool{},
		typeIndex: map[string]int{}, isKey: map[string]bool{},
		keyLists: map[string][]string{}, typeLists: map[string][]int{},
	}
}

// service reads the value of a service's member.
func (d *decoder) service(prefix string) (*Service, error) {
	d.prefix = prefix
	d.keys, d.types, d.actions = d.keys[:0], d.types[:0], d.actions[:0]
	clear(d.seen)
	clear(d.typeIndex)
	clear(d.isKey)
	clear(d.keyLists)
	clear(d.typeLists)
	if err := d.p.object("service", prefix, d.member); err != nil {
		return nil, err
	}
	return d.resolve()
}

func (d *decoder) member(name string, at int) error {
	if d.seen[name] {
		return errorAt(at, "service %s: %q stands twice", d.prefix, name)
	}
	d.seen[name] = true
	switch name {
	case "keys":
		return d.p.object("keys of", d.prefix, d.readKey)
	case "resources":
		return d.p.object("resources of", d.prefix, d.readType)
	case "actions":
		return d.p.object("actions of", d.prefix, d.readAction)
	}
	return errorAt(at, "service %s: unknown member %q; a service has keys, resources and actions", d.prefix, name)
}

func (d *decoder) readKey(name string, at int) error {
	if !validText(name) {
		return errorAt(at, "service %s: %q is not a condition key", d.prefix, name)
	}
	kind, kindAt, err := d.p.string("type of the condition key", name)
	if err != nil {
		return err
	}
	if kind != "" && !validText(kind) {
		return errorAt(kindAt, "condition key %s: %q is not a type", name, kind)
	}
	d.keys = append(d.keys, rawKey{named{name, at}, kind})
	return nil
}

func (d *decoder) readType(name string, at int) error {
	if !validText(name) {
		return errorAt(at, "service %s: %q is not a resource type", d.prefix, name)
	}
	d.types = append(d.types, rawType{named: named{name, at}})
	return d.p.object("resource type", name, d.typeMember)
}

func (d *decoder) typeMember(member string, at int) error {
	t := &d.types[len(d.types)-1]
	switch member {
	case "formats":
		return d.read(&t.formats, member, at)
	case "keys":
		return d.read(&t.keys, member, at)
	}
	return errorAt(at, "resource type %s: unknown member %q; it has formats and keys", t.name, member)
}

func (d *decoder) readAction(name string, at int) error {
	if !validToken(name) {
		return errorAt(at, "service %s: %q is not an action name", d.prefix, name)
	}
	d.actions = append(d.actions, rawAction{named: named{name, at}})
	return d.p.object("action", name, d.actionMember)
}

func (d *decoder) actionMember(member string, at int) error {
	a := &d.actions[len(d.actions)-1]
	switch member {
	case "access":
		return d.read(&a.access, member, at)
	case "resources":
		return d.read(&a.resources, member, at)
	case "keys":
		return d.read(&a.keys, member, at)
	}
	return errorAt(at, "action %s: unknown member %q; it has access, resources and keys", a.name, member)
}

// read keeps the value of a member for later.
func (d *decoder) read(into *rawValue, member string, at int) error {
	if into.at != 0 {
		return errorAt(at, "%q stands twice", member)
	}
	into.text, into.at = d.p.value()
	return nil
}
