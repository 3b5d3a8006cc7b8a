package escalation

import (
	"slices"

	"iamctl/audit/account"
	"iamctl/audit/assume"
	"iamctl/audit/everything"
	"iamctl/audit/rule"
	"iamctl/inventory"
	"iamctl/policy"
	"iamctl/verdict"
)

// graph is who may become whom in an account.
type graph struct {
	in *rule.Input
	// brief says that ways are only named beside others.
	brief bool
	// gaining says that ways count that lead to no administrator.
	gaining bool
	// onward says of these that only those count that lead on to one.
	onward bool
	// unsure says of who gives permissions that it counts, too, what depends on something
	// unknown.
	unsure bool
	doors  *assume.Question
	nodes  []*node
	of     map[*account.Holder]*node
	byARN  map[string]*account.Holder
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
	abac    *front // who may do something that depends on tags
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
	g.aided()
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
