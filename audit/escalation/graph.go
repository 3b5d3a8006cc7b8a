package escalation

import (
	"slices"

	"iamctl/audit/account"
	"iamctl/audit/assume"
	"iamctl/audit/everything"
	"iamctl/audit/grant"
	"iamctl/audit/rule"
	"iamctl/inventory"
	"iamctl/policy"
	"iamctl/policy/eval"
	"iamctl/verdict"
	"iamctl/verdict/escalation"
)

// graph is who may become whom in an account.
type graph struct {
	in *rule.Input
	// brief says that ways are only named beside others.
	brief bool
	// gaining says that ways count that lead to no administrator.
	gaining bool
	doors   *assume.Question
	nodes   []*node
	of      map[*account.Holder]*node
	byARN   map[string]*account.Holder
	// unborn is whom a holder is asked about making, nil if none is.
	unborn *account.Holder
	// naming are the roles whose trust policies name an ARN, everyone those that name whoever
	// asks.
	naming   map[string][]*node
	everyone []*node
	// giving are the ARNs of policies that make whoever has them an administrator, or
	// give it all of IAM.
	giving  []string
	admins  *front
	holding map[string][]*node
	index   map[inventory.Entity]*account.Index
	free    map[*policy.Document]bool
	// managed are the documents of managed policies by ARN, as far as they were asked for.
	managed map[string]*policy.Document
	gained  map[[2]int]bool
	// added is what came of what principals may be given, whoever gives it.
	added map[addition]*way
	// gifts are what holders may give to others.
	gifts map[pair]*way
	// afters are holders as they are after a step, nil for those whom none leads on.
	afters  map[*account.Holder]*node
	numbers map[string]int
	// nothing are documents by which a role comes to nobody stronger.
	nothing map[string]bool
	// personal says that a trust policy tells principals apart that it does not name.
	personal bool
	left     int // searches that gained may do
	// limited takes no more steps than an account has.
	limited *verdict.Comparer
}

// node is a role, a user or a group: what a member of it has by it.
type node struct {
	*account.Holder
	admin bool
	// doubt says why it could not be decided whether it is an administrator, "" if it was.
	doubt string
	sets  []*sorted
	asked map[string]asked
	// step leads nearer to an administrator, nil if none does.
	step *step
	// partial leads to somebody stronger, nil if none does or step is there.
	partial *way
	// changed says that it is somebody as it is after a step, with other permissions.
	changed bool
	id      string
	number  int
	broad   *breadth
}

// step is how a holder comes nearer to an administrator.
type step struct {
	*way
	// n is how many steps there are, this one counted; sure says that none of them
	// depends on what could not be decided.
	n    int
	sure bool
}

type shared struct{}

// graphOf returns the graph of an account, solved, which the rules share.
func graphOf(in *rule.Input) *graph {
	return rule.Once(in, shared{}, func() *graph {
		g := &graph{
			in: in, doors: assume.Of(in), of: map[*account.Holder]*node{}, byARN: map[string]*account.Holder{}, naming: map[string][]*node{},
			free: map[*policy.Document]bool{}, gained: map[[2]int]bool{}, added: map[addition]*way{}, gifts: map[pair]*way{}, afters: map[*account.Holder]*node{}, numbers: map[string]int{}, managed: map[string]*policy.Document{}, nothing: map[string]bool{}, left: maxCompared,
		}
		g.limited = in.Comparer.Limited(maxSteps)
		in.Within(g.limited, g.find)
		return g
	})
}

// maxSteps are those that the searches of an account may take together, some seconds. What
// they do not decide is said of each holder that it is about.
var maxSteps = 150_000_000

// find finds the steps of all nodes.
func (g *graph) find() {
	g.read()
	g.solve(false)
	g.solve(true)
	g.gains()
	g.tagged()
	f := g.front(slices.DeleteFunc(slices.Clone(g.nodes), func(n *node) bool { return n.admin }))
	for _, n := range g.nodes {
		if !n.admin && n.step == nil {
			n.partial = g.partial(n, f)
		}
	}
}

func (g *graph) read() {
	r := newReading()
	for _, h := range g.in.Account.Holders {
		if h.Kind == inventory.EntityPolicy || h.ServiceLinked() {
			continue
		}
		all := everything.Ask(g.in, h)
		n := &node{Holder: h, admin: all.Open(), doubt: all.Unknown(), asked: map[string]asked{}}
		if !n.admin {
			n.sets = r.sets(h)
		}
		g.nodes, g.of[h], g.byARN[h.ARN] = append(g.nodes, n), n, h
		if h.Trust != nil && h.Trust.Document != nil {
			g.personal = g.personal || g.doors.Personal(h.Trust.Document)
			if g.doors.Everybody(h.Trust.Document) {
				g.everyone = append(g.everyone, n)
			}
			for name := range g.doors.Names(h.Trust.Document) {
				g.naming[name] = append(g.naming[name], n)
				if role := g.in.Account.Of(inventory.EntityRole, assume.SessionRole(name)); role != nil {
					g.naming[role.ARN] = append(g.naming[role.ARN], n)
				}
			}
		}
	}
	partition := g.in.Account.Partition
	if partition == "" {
		partition = "aws"
	}
	g.giving = []string{"arn:" + partition + ":iam::aws:policy/AdministratorAccess", "arn:" + partition + ":iam::aws:policy/IAMFullAccess"}
	for _, p := range g.in.Account.Policies {
		if !inventory.AWSManaged(p.ARN) && len(g.giving) < maxGiving {
			if d, _, err := policy.Parse(string(p.Document)); err == nil && g.whole(d) {
				g.giving = append(g.giving, p.ARN)
			}
		}
	}
}

// maxGiving is how many policies are tried that might be attached.
const maxGiving = 10

// whole reports whether a document makes whoever has it an administrator.
func (g *graph) whole(d *policy.Document) bool {
	free, ok := g.free[d]
	if !ok {
		h := &account.Holder{Kind: inventory.EntityRole, Name: "any", ARN: g.arn("role/zz-any"), Policies: []account.Policy{{Document: d}}}
		free = everything.Ask(g.in, h).Sure()
		g.free[d] = free
	}
	return free
}

func (g *graph) arn(resource string) string {
	partition, id := g.in.Account.Partition, g.in.Own()
	if partition == "" {
		partition = "aws"
	}
	return "arn:" + partition + ":iam::" + id + ":" + resource
}

// solve finds who becomes an administrator in how many steps, back from the
// administrators, by what is sure or else by what may be.
func (g *graph) solve(unsure bool) {
	most := 0
	for n := 0; n <= most; n++ {
		var front []*node
		for _, x := range g.nodes {
			if x.admin && n == 0 || x.step != nil && x.step.n == n {
				front = append(front, x)
			}
			if x.step != nil {
				most = max(most, x.step.n)
			}
		}
		f := g.front(front)
		for _, x := range g.nodes {
			if x.admin || x.step != nil {
				continue
			}
			if w := g.nearer(x, f, n == 0, unsure); w != nil {
				x.step = &step{w, n + 1, w.unknown == "" && (w.to == nil || w.to.step == nil || w.to.step.sure)}
				most = max(most, n+1)
			}
		}
	}
}

// nearer returns the first way of a holder to one of the front.
func (g *graph) nearer(h *node, f *front, own, unsure bool) *way {
	var found *way
	defer func(was bool) { g.gaining = was }(g.gaining)
	g.gaining = false
	g.ways(h, f, own, func(w *way) bool {
		if w.to != nil {
			w.unknown = first(w.unknown, w.to.doubt)
		}
		if w.to == nil && !w.whole || w.unknown != "" && !unsure {
			return true
		}
		found = w
		return false
	})
	return found
}

// asked is what a holder may do an action on, by the text of its policies.
type asked struct {
	grant.Grant
	patterns []string
	all      bool
}

// ask returns the permissions of a holder for an action.
func (g *graph) ask(h *node, action string) asked {
	a, ok := h.asked[action]
	if !ok {
		a.Grant = g.in.Grant(h.Holder).Only(action).Session()
		a.patterns, a.all = a.Resources()
		h.asked[action] = a
	}
	return a
}

// may asks whether a holder may do an action on a resource, "" for any, with the values of
// condition keys given; a key without a value is absent.
func (g *graph) may(h *node, action, resource string, keys ...string) grant.Answer {
	a := g.ask(h, action)
	if !a.all && len(a.patterns) == 0 {
		return grant.Answer{Statement: -1}
	}
	q := a.Grant
	if resource != "" {
		q = g.onto(q, action, resource)
		r := &eval.Request{Action: action, Resource: resource, Context: map[string][]string{}}
		for i := 0; i+1 < len(keys); i += 2 {
			if keys[i+1] != "" {
				r.Context[keys[i]] = keys[i+1 : i+2]
			}
		}
		if x := q.Try(r); x.Open() {
			return x
		}
	}
	for i := 0; i+1 < len(keys); i += 2 {
		c := policy.Condition{Operator: "StringNotEquals", Key: keys[i], Values: []string{keys[i+1]}}
		if keys[i+1] == "" {
			c.Operator, c.Values = "Null", []string{"false"}
		}
		q = q.But(policy.Statement{Condition: []policy.Condition{c}})
	}
	return q.Anything()
}

// onto returns permissions for an action on a resource alone, with the tags of the user or
// role that it is: one that is being made has those that the holder gives it. Passing roles
// knows no tags.
func (g *graph) onto(q grant.Grant, action, resource string) grant.Grant {
	t := g.byARN[resource]
	if _, makes := made[action]; g.unborn != nil && g.unborn.ARN == resource {
		if makes {
			return q.Making(g.unborn)
		}
		t = g.unborn
	}
	if t == nil || action == escalation.PassRole {
		return q.On(resource)
	}
	return q.Onto(t)
}

// front are those to whom ways lead.
type front struct {
	roles, users, groups *account.Index
	// trusting are the roles that trust a service.
	trusting map[string][]*account.Holder
	// good reports whether one is of interest at all; nil says that all are.
	good func(t *account.Holder) bool
}

// skips reports whether one is no goal of a holder's.
func (f *front) skips(h *node, t *account.Holder) bool {
	return t == h.Holder || f.good != nil && !f.good(t)
}

func (g *graph) front(list []*node) *front {
	of := func(kind inventory.Entity) *account.Index {
		var out []*account.Holder
		for _, n := range list {
			if n.Kind == kind {
				out = append(out, n.Holder)
			}
		}
		return account.NewIndex(out)
	}
	return &front{of(inventory.EntityRole), of(inventory.EntityUser), of(inventory.EntityGroup), map[string][]*account.Holder{}, nil}
}

// service returns the roles of a front that may let in a service.
func (g *graph) service(f *front, name string) []*account.Holder {
	list, ok := f.trusting[name]
	if !ok {
		for _, r := range f.roles.All() {
			if g.trusts(r, name).Open {
				list = append(list, r)
			}
		}
		f.trusting[name] = list
	}
	return list
}

func (g *graph) trusts(r *account.Holder, service string) assume.Door {
	if escalation.Federated(service) {
		return g.doors.Provider(r, service)
	}
	return g.doors.Service(r, service)
}

// on returns those of an index that a holder may do an action on, by the text.
func (g *graph) on(h *node, action string, ix *account.Index) []*account.Holder {
	a := g.ask(h, action)
	if a.all {
		return ix.All()
	}
	var out []*account.Holder
	for _, p := range a.patterns {
		if p == "*" {
			return ix.All()
		}
		for _, t := range ix.Matching(p) {
			if len(a.patterns) == 1 || !slices.Contains(out, t) {
				out = append(out, t)
			}
		}
	}
	return out
}
