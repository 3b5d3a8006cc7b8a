package authdetails

import (
	"fmt"
	"reflect"
	"slices"
	"strings"

	"iamctl/inventory"
)

// collector puts the account together and remembers what is odd.
type collector struct {
	account inventory.Account
	gaps    []inventory.Gap
	// owner is the entity that told the account's id, for the error where
	// another one has another id.
	owner string
	// at is where each entity lies in the account's lists, by kind and name.
	at map[string]int
	// unknownFields are in the order in which they were met.
	unknownFields []string
	unknownSet    map[string]bool
	unknownMore   int
	// badDates is how many dates are none, and badDateAt where the first is.
	badDates  int
	badDateAt string
	// remarks are notes on entities.
	remarks     []string
	lists       map[string]bool
	pages, last int
	lastOffset  int64
}

func newCollector() *collector {
	return &collector{at: map[string]int{}, unknownSet: map[string]bool{}, lists: map[string]bool{}}
}

// maxUnknown bounds the names in a note: the file may hold any number.
const maxUnknown = 20

func (c *collector) unknownField(name string) {
	switch {
	case c.unknownSet[name]:
	case len(c.unknownSet) < maxUnknown:
		c.unknownSet[name] = true
		c.unknownFields = append(c.unknownFields, name)
	default:
		c.unknownMore++
	}
}

func (c *collector) badDate(at string) {
	if c.badDates++; c.badDates == 1 {
		c.badDateAt = at
	}
}

// remark keeps a note, of the first few entities that there is something to remark on.
func (c *collector) remark(note string) {
	if len(c.remarks) < maxUnknown && !slices.Contains(c.remarks, note) {
		c.remarks = append(c.remarks, note)
	}
}

// identity checks what every entity has: a name, a path, and an ARN of the
// account.
func (p *parser) identity(offset int64, what inventory.Entity, in, nameField, name, arn, path string) error {
	switch {
	case name == "":
		return p.faultAt(offset, "%s: a %s has no %s", in, what, nameField)
	case arn == "":
		return p.faultAt(offset, "%s: the %s %q has no Arn", in, what, name)
	case path == "":
		return p.faultAt(offset, "%s: the %s %q has no Path", in, what, name)
	}
	return p.owned(offset, what, in, name, arn)
}

// owned checks that an entity is one of the account, by its ARN. The first ARN
// says which account that is.
func (p *parser) owned(offset int64, what inventory.Entity, in, name, arn string) error {
	parts := strings.SplitN(arn, ":", 6)
	if len(parts) != 6 || parts[0] != "arn" || parts[1] == "" {
		return p.faultAt(offset, "%s: the %s %q has %q for an Arn", in, what, name, arn)
	}
	partition, id := parts[1], parts[4]
	if p.account.Partition == "" {
		p.account.Partition = partition
	}
	if partition != p.account.Partition {
		return p.faultAt(offset, "%s: the %s %q is of the partition %q, others are of %q; a file holds one account", in, what, name, partition, p.account.Partition)
	}
	if what == inventory.EntityPolicy && id == "aws" {
		return nil
	}
	if len(id) != 12 || strings.Trim(id, "0123456789") != "" {
		return p.faultAt(offset, "%s: the %s %q has no account id in its Arn %q", in, what, name, arn)
	}
	if p.account.ID == "" {
		p.account.ID, p.owner = id, fmt.Sprintf("%s %q", what, name)
	}
	if id != p.account.ID {
		return p.faultAt(offset, "%s: the %s %q is of account %s, but the %s is of %s; a file holds one account", in, what, name, id, p.owner, p.account.ID)
	}
	return nil
}

// add puts an entity into its list. One that is in two pages is taken
// once; two that differ are a fault.
func add[T any](p *parser, offset int64, list *[]T, what inventory.Entity, key, name string, one T) error {
	if i, ok := p.at[string(what)+" "+key]; ok {
		if !reflect.DeepEqual((*list)[i], one) {
			return p.faultAt(offset, "the %s %q stands in the file twice, and not the same both times; take the file again", what, name)
		}
		return nil
	}
	p.at[string(what)+" "+key] = len(*list)
	*list = append(*list, one)
	return nil
}

// IAM does not distinguish case in names (IAM User Guide, "IAM and AWS STS
// quotas").

func (p *parser) addRole(offset int64, r inventory.Role) error {
	if i, ok := p.at["role "+strings.ToLower(r.Name)]; ok {
		r.LastUsed = p.account.Roles[i].LastUsed // the role may have been used between two pages
	}
	return add(p, offset, &p.account.Roles, inventory.EntityRole, strings.ToLower(r.Name), r.Name, r)
}

func (p *parser) addUser(offset int64, u inventory.User) error {
	return add(p, offset, &p.account.Users, inventory.EntityUser, strings.ToLower(u.Name), u.Name, u)
}

func (p *parser) addGroup(offset int64, g inventory.Group) error {
	return add(p, offset, &p.account.Groups, inventory.EntityGroup, strings.ToLower(g.Name), g.Name, g)
}

func (p *parser) addPolicy(offset int64, one inventory.Policy) error {
	return add(p, offset, &p.account.Policies, inventory.EntityPolicy, one.ARN, one.Name, one)
}
