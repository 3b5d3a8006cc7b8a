package report

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"iamctl/report/junitxml"
	"iamctl/result"
)

// gapType is the type of a junitxml.Fault for a gap.
const gapType = "gap"

// junitLines is how many lines a failure or a list of gaps may have.
const junitLines = 100

// junitMessage is how many of these lines the message of a failure has.
const junitMessage = 3

// JUnit writes test results in the XML of JUnit: a case for each role, the worst first,
// failed where there is drift that no waiver accepts, which says first what that means,
// skipped where all of it is waived, and in error where a part of it was not compared
// and nothing else is wrong. Each policy that AWS changed is a case likewise. Each gap is a
// case in error. A waiver that has expired or fits nothing is a skipped case. Ignore rules
// that leave little to report are warnings in the first suite's system-err.
func JUnit(w io.Writer, r *result.Result) error {
	j := &junit{r: r, tags: r.Tags()}
	all := junitxml.Suites{Name: "iamctl"}
	for _, s := range []junitxml.Suite{j.common(), j.unique(0), j.unique(1), j.changedByAWS(), j.audited(), j.gaps(), j.waivers()} {
		if len(s.Cases) > 0 {
			if len(all.Suites) == 0 {
				s.Properties, s.Err = j.inputs(), j.warnings()
			}
			all.Add(s)
		}
	}
	return junitxml.Write(w, &all)
}

type junit struct {
	r    *result.Result
	tags [2]string
}

// class returns the class name of a suite's cases, by which readers group them.
func (j *junit) class(suite string) string {
	return "iamctl." + FileSafe(j.tags[0]) + "-" + FileSafe(j.tags[1]) + "." + suite
}

// inputs returns what decided the result besides the accounts, for the first
// suite; nil for nothing.
func (j *junit) inputs() *junitxml.Properties {
	var list []junitxml.Property
	for _, in := range j.r.Meta.Files() {
		list = append(list, junitxml.Property{Name: XMLText(in.Kind, result.TagLimit), Value: InputText(XMLText, &in)})
	}
	for i := range j.r.Excluded {
		list = append(list, junitxml.Property{Name: "excluded", Value: ExcludedText(XMLText, j.tags, &j.r.Excluded[i])})
	}
	for i, e := range ByWeight(j.r) {
		if i == junitLines {
			break
		}
		list = append(list, junitxml.Property{Name: "equal only by " + EntryName(XMLText, &e), Value: EntryText(&e)})
	}
	if list == nil {
		return nil
	}
	return &junitxml.Properties{List: list}
}

// warnings returns what leaves little to report: ignore rules that accept all drift or
// match most roles, a line each.
func (j *junit) warnings() string {
	var lines []string
	for _, w := range WideRules(j.r) {
		lines = append(lines, "warning: "+WideText(XMLText, &w))
	}
	return strings.Join(lines, "\n")
}

func (j *junit) common() junitxml.Suite {
	var parts []string
	for _, p := range outcome(j.r, XMLText) {
		parts = append(parts, p.text)
	}
	s := junitxml.Suite{Name: "common roles", Out: strings.Join(parts, "; ")}
	for f := range j.r.Ranked() {
		if f.Pair != nil {
			s.Cases = append(s.Cases, j.pair(f.Pair))
		}
	}
	for i := range j.r.CommonRoles {
		if p := &j.r.CommonRoles[i]; !p.Differs {
			s.Cases = append(s.Cases, j.pair(p))
		}
	}
	return s
}

func (j *junit) pair(p *result.Pair) junitxml.Case {
	c := junitxml.Case{Name: XMLText(p.RoleName, result.LineLimit), ClassName: j.class("common")}
	switch {
	case p.Counted() > 0:
		c.Failure = j.failure(p)
	case len(p.Blind) > 0:
		c.Error = &junitxml.Fault{Message: result.Count(len(p.Blind), "part was", "parts were") + " not compared", Type: gapType, Text: blindText(p.Blind)}
	case p.Open() > 0:
		c.Skipped = &junitxml.Skip{Message: result.Count(p.Open(), "difference", "differences") + " without a change in meaning"}
	case p.Differs:
		c.Skipped = &junitxml.Skip{Message: result.Count(p.Differences(), "difference", "differences") + " waived"}
	}
	return c
}

// failure returns a failure that lists what no waiver accepts, and what was not
// compared.
func (j *junit) failure(p *result.Pair) *junitxml.Fault {
	message := result.Count(p.Open(), "difference", "differences")
	if p.New() > 0 {
		message += fmt.Sprintf(", %d new", p.New())
	}
	told := commitOf(p, isOpen)
	lines := []string{pairText(XMLText, j.tags, p) + roleSince(XMLText, told)}
	rest := p.Open()
	for l := range linesOf(XMLText, j.tags, p, isOpen, told, fewLines) {
		if len(lines) > junitLines {
			break
		}
		lines = append(lines, l.text)
		rest -= l.count
	}
	// A page of test results shows the message alone.
	if len(lines) > 1 {
		message += ": " + strings.Join(lines[1:min(len(lines), 1+junitMessage)], "; ")
	}
	if rest > 0 {
		lines = append(lines, "... and "+result.Count(rest, "more difference", "more differences"))
	}
	if len(p.Blind) > 0 {
		lines = append(lines, blindText(p.Blind))
	}
	return j.fault(&result.Finding{Pair: p, Side: result.Both}, message, lines)
}

// fault returns a failure that says first what the drift means, as far as that is known, and
// then what differs.
func (j *junit) fault(of *result.Finding, message string, lines []string) *junitxml.Fault {
	if of.Meaning() != nil {
		var meant []string
		for _, x := range newFinder(XMLText, j.r).find(of) {
			what := string(x.Level) + ": " + x.What
			if len(meant) == 0 {
				message = what + "; " + message
			}
			if x.Example != "" {
				what += "; e.g. " + x.Example
			}
			meant = append(meant, what)
		}
		lines = slices.Insert(lines, 1, meant...)
	}
	return &junitxml.Fault{Message: message, Type: "drift", Text: strings.Join(lines, "\n")}
}

func blindText(blind []result.Gap) string {
	var lines []string
	for i := range blind {
		if i == junitLines {
			lines = append(lines, fmt.Sprintf("... and %d more", len(blind)-i))
			break
		}
		lines = append(lines, GapText(XMLText, &blind[i]))
	}
	return strings.Join(lines, "\n")
}

func (j *junit) unique(side int) junitxml.Suite {
	s := junitxml.Suite{Name: "roles only in " + XMLText(j.tags[side], result.TagLimit)}
	for f := range j.r.Ranked() {
		u := f.Unique
		if u == nil || f.Side != side {
			continue
		}
		c := junitxml.Case{Name: XMLText(u.RoleName, result.LineLimit), ClassName: j.class("only_in_" + FileSafe(j.tags[side]))}
		text := u.Line(XMLText, side, j.tags[side]) + markText(XMLText, &u.Mark, nil)
		if u.Waiver != nil {
			c.Skipped = &junitxml.Skip{Message: "waived: " + WaiverText(XMLText, &j.r.Waivers[*u.Waiver])}
		} else {
			c.Failure = j.fault(&f, "only in "+XMLText(j.tags[side], result.TagLimit)+": "+text[len("- "):], []string{text})
		}
		s.Cases = append(s.Cases, c)
	}
	return s
}

func (j *junit) gaps() junitxml.Suite {
	s := junitxml.Suite{Name: "gaps"}
	for i := range j.r.Gaps {
		g := &j.r.Gaps[i]
		name := strings.Join([]string{g.Account, g.Entity, g.Name, g.PolicyType, g.PolicyName}, " ")
		s.Cases = append(s.Cases, junitxml.Case{
			Name: XMLText(strings.TrimSpace(name), result.LineLimit), ClassName: j.class("gaps"),
			Error: &junitxml.Fault{Message: XMLText(g.Reason, result.LineLimit), Type: gapType, Text: GapText(XMLText, g)},
		})
	}
	return s
}

func (j *junit) waivers() junitxml.Suite {
	s := junitxml.Suite{Name: "waivers"}
	for _, state := range []string{result.WaiverOutgrown, result.WaiverExpired, result.WaiverUnmatched} {
		for _, w := range waiversIn(j.r, state) {
			s.Cases = append(s.Cases, junitxml.Case{
				Name: XMLText(w.Fingerprint+w.Role, result.LineLimit), ClassName: j.class("waivers"),
				Skipped: &junitxml.Skip{Message: state + ": " + WaiverText(XMLText, &w) + outgrownText(XMLText, &w)},
			})
		}
	}
	return s
}
