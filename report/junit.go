package report

import (
	"encoding/xml"
	"fmt"
	"io"
	"slices"
	"strings"

	"iamctl/internal/visible"
	"iamctl/result"
)

// gapType is the type of a junitFault for a gap.
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
	all := junitSuites{Name: "iamctl"}
	for _, s := range []junitSuite{j.common(), j.unique(0), j.unique(1), j.changedByAWS(), j.gaps(), j.waivers()} {
		if len(s.Cases) > 0 {
			if len(all.Suites) == 0 {
				s.Properties, s.Err = j.inputs(), j.warnings()
			}
			all.add(s)
		}
	}
	w = visible.NewLogWriter(w, visible.InText)
	if _, err := io.WriteString(w, xml.Header); err != nil {
		return err
	}
	e := xml.NewEncoder(w)
	e.Indent("", " ")
	if err := e.Encode(all); err != nil {
		return err
	}
	_, err := io.WriteString(w, "\n")
	return err
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
func (j *junit) inputs() *junitProperties {
	var list []junitProperty
	for _, in := range j.r.Meta.Files() {
		list = append(list, junitProperty{xmlText(in.Kind, result.TagLimit), InputText(xmlText, &in)})
	}
	for i := range j.r.Excluded {
		list = append(list, junitProperty{"excluded", ExcludedText(xmlText, j.tags, &j.r.Excluded[i])})
	}
	for i, e := range ByWeight(j.r) {
		if i == junitLines {
			break
		}
		list = append(list, junitProperty{"equal only by " + EntryName(xmlText, &e), EntryText(&e)})
	}
	if list == nil {
		return nil
	}
	return &junitProperties{List: list}
}

// warnings returns what leaves little to report: ignore rules that accept all drift or
// match most roles, a line each.
func (j *junit) warnings() string {
	var lines []string
	for _, w := range WideRules(j.r) {
		lines = append(lines, "warning: "+WideText(xmlText, &w))
	}
	return strings.Join(lines, "\n")
}

func (j *junit) common() junitSuite {
	var parts []string
	for _, p := range outcome(j.r, xmlText) {
		parts = append(parts, p.text)
	}
	s := junitSuite{Name: "common roles", Out: strings.Join(parts, "; ")}
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

func (j *junit) pair(p *result.Pair) junitCase {
	c := junitCase{Name: xmlText(p.RoleName, result.LineLimit), ClassName: j.class("common")}
	switch {
	case p.Counted() > 0:
		c.Failure = j.failure(p)
	case len(p.Blind) > 0:
		c.Error = &junitFault{result.Count(len(p.Blind), "part was", "parts were") + " not compared", gapType, blindText(p.Blind)}
	case p.Open() > 0:
		c.Skipped = &junitSkip{result.Count(p.Open(), "difference", "differences") + " without a change in meaning"}
	case p.Differs:
		c.Skipped = &junitSkip{result.Count(p.Differences(), "difference", "differences") + " waived"}
	}
	return c
}

// failure returns a failure that lists what no waiver accepts, and what was not
// compared.
func (j *junit) failure(p *result.Pair) *junitFault {
	message := result.Count(p.Open(), "difference", "differences")
	if p.New() > 0 {
		message += fmt.Sprintf(", %d new", p.New())
	}
	told := commitOf(p, isOpen)
	lines := []string{pairText(xmlText, j.tags, p) + roleSince(xmlText, told)}
	rest := p.Open()
	for l := range linesOf(xmlText, j.tags, p, isOpen, told, fewLines) {
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
func (j *junit) fault(of *result.Finding, message string, lines []string) *junitFault {
	if of.Meaning() != nil {
		var meant []string
		for _, x := range newFinder(xmlText, j.r).find(of) {
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
	return &junitFault{message, "drift", strings.Join(lines, "\n")}
}

func blindText(blind []result.Gap) string {
	var lines []string
	for i := range blind {
		if i == junitLines {
			lines = append(lines, fmt.Sprintf("... and %d more", len(blind)-i))
			break
		}
		lines = append(lines, GapText(xmlText, &blind[i]))
	}
	return strings.Join(lines, "\n")
}

func (j *junit) unique(side int) junitSuite {
	s := junitSuite{Name: "roles only in " + xmlText(j.tags[side], result.TagLimit)}
	for f := range j.r.Ranked() {
		u := f.Unique
		if u == nil || f.Side != side {
			continue
		}
		c := junitCase{Name: xmlText(u.RoleName, result.LineLimit), ClassName: j.class("only_in_" + FileSafe(j.tags[side]))}
		text := u.Line(xmlText, side, j.tags[side]) + markText(xmlText, &u.Mark, nil)
		if u.Waiver != nil {
			c.Skipped = &junitSkip{"waived: " + WaiverText(xmlText, &j.r.Waivers[*u.Waiver])}
		} else {
			c.Failure = j.fault(&f, "only in "+xmlText(j.tags[side], result.TagLimit)+": "+text[len("- "):], []string{text})
		}
		s.Cases = append(s.Cases, c)
	}
	return s
}

func (j *junit) gaps() junitSuite {
	s := junitSuite{Name: "gaps"}
	for i := range j.r.Gaps {
		g := &j.r.Gaps[i]
		name := strings.Join([]string{g.Account, g.Entity, g.Name, g.PolicyType, g.PolicyName}, " ")
		s.Cases = append(s.Cases, junitCase{
			Name: xmlText(strings.TrimSpace(name), result.LineLimit), ClassName: j.class("gaps"),
			Error: &junitFault{xmlText(g.Reason, result.LineLimit), gapType, GapText(xmlText, g)},
		})
	}
	return s
}

func (j *junit) waivers() junitSuite {
	s := junitSuite{Name: "waivers"}
	for _, state := range []string{result.WaiverOutgrown, result.WaiverExpired, result.WaiverUnmatched} {
		for _, w := range waiversIn(j.r, state) {
			s.Cases = append(s.Cases, junitCase{
				Name: xmlText(w.Fingerprint+w.Role, result.LineLimit), ClassName: j.class("waivers"),
				Skipped: &junitSkip{state + ": " + WaiverText(xmlText, &w) + outgrownText(xmlText, &w)},
			})
		}
	}
	return s
}
