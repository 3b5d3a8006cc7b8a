package equivalency

import (
	"slices"
	"strings"

	"iamctl/policy"
)

// Partition is what is known of two accounts in different partitions of AWS (IAM
// User Guide, "Amazon Resource Names (ARNs)"): each has its own, as it has its id.
type Partition struct {
	// Own and Other are the partitions, such as aws and aws-us-gov.
	Own, Other string
	// Rule is the index in Rules.Rewrites of the rule for the own one, Foreign that
	// in Rules.Foreign of the other one. Both hold in the beginnings of ARNs alone.
	Rule, Foreign int
}

// differ reports whether the two accounts are known to be in different partitions.
func (b *binder) differ() bool {
	return b.self.Partition != "" && b.other.Partition != "" && b.self.Partition != b.other.Partition
}

// takePartition takes the values of an entry that are the accounts' own partitions out
// of its shares: where those differ, they are no words. In the IAMCTL form nobody
// need own them.
func (b *binder) takePartition(entry int, s *shares) {
	if !b.differ() {
		return
	}
	take := func(list *[]share, partition string) bool {
		n := len(*list)
		*list = slices.DeleteFunc(*list, func(v share) bool { return v.Text == partition })
		return len(*list) < n
	}
	mine, theirs := take(&s.mine, b.self.Partition), take(&s.theirs, b.other.Partition)
	mine, theirs = take(&s.nobodys, b.self.Partition) || mine, take(&s.nobodys, b.other.Partition) || theirs
	if (mine || theirs) && b.partitionEntry < 0 {
		b.partitionEntry = entry
	}
}

// partition adds the rules for the accounts' partitions. The placeholder is that of
// the entry that has either.
func (b *binder) partition() {
	if !b.differ() {
		return
	}
	placeholder := b.freePartition()
	if b.partitionEntry >= 0 {
		placeholder = b.d.Entries[b.partitionEntry].Placeholder
	}
	b.placeholder(placeholder)
	b.rules.Rewrites = append(b.rules.Rewrites, Rule{
		Value: b.self.Partition, Placeholder: placeholder, Owned: true, Entry: b.partitionEntry,
	})
	b.rules.Foreign = append(b.rules.Foreign, Foreign{
		Value: b.other.Partition, Owner: b.other.Tag, Expected: b.self.Partition, Entry: b.partitionEntry,
	})
	b.rules.Partition = &Partition{
		Own: b.self.Partition, Other: b.other.Partition,
		Rule: len(b.rules.Rewrites) - 1, Foreign: len(b.rules.Foreign) - 1,
	}
}

// freePartition is PARTITION, or the next of its kind where the dictionary has that.
// Both accounts come to the same one.
func (b *binder) freePartition() string {
	p := "PARTITION"
	for b.d.mentions(p) || slices.ContainsFunc(b.d.Entries, func(e Entry) bool { return e.Placeholder == p }) {
		p = "AWS-" + p
	}
	return p
}

// OfAWS returns the rules for the documents of AWS's own policies, in which nobody
// chose anything: they have the partition that they are for, and no more.
func (r *Rules) OfAWS() *Rules {
	if r == nil || r.Partition == nil {
		return &Rules{}
	}
	own := r.Rewrites[r.Partition.Rule]
	return &Rules{
		Rewrites: []Rule{own}, Placeholders: []string{own.Placeholder}, Foreign: []Foreign{r.Foreign[r.Partition.Foreign]},
		Partition: &Partition{Own: r.Partition.Own, Other: r.Partition.Other},
	}
}

// InARNs returns where a text has a partition in the beginning of an ARN.
func InARNs(text, partition string) []Span {
	begin := "arn:" + partition + ":"
	var out []Span
	for at := 0; ; at += len(begin) {
		n := strings.Index(text[at:], begin)
		if n < 0 {
			return out
		}
		if at += n; Boundary(text, at) {
			out = append(out, Span{at + len("arn:"), at + len(begin) - 1})
		}
	}
}

// Host is a host name of AWS's in a partition, Span its place in a text, and Usual
// what stands for it in the partition aws.
type Host struct {
	Span
	Usual string
}

// partitionHosts are the domains of AWS's services and of its sign-in, where a
// partition has its own, with those of the partition aws. GovCloud's services have
// the domain of aws.
var partitionHosts = map[string][][2]string{
	"aws-cn":     {own("aws-cn"), {"signin.amazonaws.cn", "signin.aws.amazon.com"}},
	"aws-us-gov": {{"signin.amazonaws-us-gov.com", "signin.aws.amazon.com"}},
	"aws-eusc":   {own("aws-eusc")},
	"aws-iso":    {own("aws-iso")},
	"aws-iso-b":  {own("aws-iso-b")},
	"aws-iso-e":  {own("aws-iso-e")},
	"aws-iso-f":  {own("aws-iso-f")},
}

// own returns the domain of a partition's services, with that of the partition aws.
func own(partition string) [2]string {
	return [2]string{policy.ServiceDomain(partition), policy.ServiceDomain("aws")}
}

// Hosts returns where a text has the domains that are the partition's own, as whole
// ends of host names. Names, tags and descriptions have none.
func Hosts(field Field, text, partition string) []Host {
	switch field {
	case ARN, Principal, Service, Condition, ConditionKey, Path:
	default:
		return nil
	}
	var out []Host
	for _, h := range partitionHosts[partition] {
		for at := 0; at < len(text); at++ {
			n := strings.Index(text[at:], h[0])
			if n < 0 {
				break
			}
			at += n
			end := at + len(h[0])
			begins := h[0][0] == '.' && at > 0 || h[0][0] != '.' && (at == 0 || notInHost(rune(text[at-1])) || text[at-1] == '.')
			if begins && (end == len(text) || notInHost(rune(text[end]))) {
				out = append(out, Host{Span{at, end}, h[1]})
			}
		}
	}
	slices.SortFunc(out, func(x, y Host) int { return x.From - y.From })
	return out
}
