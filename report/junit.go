package report

import (
	"encoding/xml"
	"fmt"
	"io"
	"strings"
)

// junitLines is how many lines a failure may have.
const junitLines = 100

// JUnit writes test results in the XML of JUnit: a case for each role, failed
// where there is drift that no waiver accepts, skipped where all of it is
// waived, and in error where a part of it was not compared and nothing else is
// wrong. Each gap is a case in error. A waiver that has expired or fits nothing
// is a skipped case.
func JUnit(w io.Writer, r *Run) error {
	j := &junit{r: r, v: r.view(), tags: r.tags()}
	all := junitSuites{Name: "iamctl"}
	for _, s := range []junitSuite{j.common(), j.unique(0), j.unique(1), j.gaps(), j.waivers()} {
		if len(s.Cases) > 0 {
			all.add(s)
		}
	}
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
	r    *Run
	v    *view
	tags [2]string
}

// class is the name that readers group cases by.
func (j *junit) class(suite string) string {
	return "iamctl." + fileSafe(j.tags[0]) + "-" + fileSafe(j.tags[1]) + "." + suite
}

func (j *junit) common() junitSuite {
	var verdict []string
	for _, v := range j.v.verdict(xmlText) {
		verdict = append(verdict, v.text)
	}
	s := junitSuite{Name: "common roles", Out: strings.Join(verdict, "; ")}
	for i := range j.r.CommonRoles {
		s.Cases = append(s.Cases, j.pair(&j.r.CommonRoles[i], i))
	}
	return s
}

func (j *junit) pair(p *RunPair, i int) junitCase {
	c := junitCase{Name: xmlText(p.RoleName, clipLine), ClassName: j.class("common")}
	left := j.v.tally.left[i]
	switch {
	case left > 0:
		v := p.view(left, j.v.tally.freshIn[i])
		c.Failure = j.failure(&v, p.Blind)
	case len(p.Blind) > 0:
		c.Error = &junitFault{plural(len(p.Blind), "part was", "parts were") + " not compared", ruleGap, blindText(p.Blind)}
	case p.Differs:
		n := len(p.Attributes) + len(p.OnlyA) + len(p.OnlyB)
		c.Skipped = &junitSkip{plural(n, "difference", "differences") + " waived"}
	}
	return c
}

// failure lists what no waiver accepts, and what was not compared.
func (j *junit) failure(p *pairView, blind []RunGap) *junitFault {
	f := &junitFault{Message: plural(p.left, "difference", "differences"), Type: "drift"}
	if p.fresh > 0 {
		f.Message += fmt.Sprintf(", %d new", p.fresh)
	}
	lines := []string{pairText(xmlText, j.tags, p)}
	rest := p.left
	for l := range linesOf(xmlText, j.tags, p, unwaived) {
		if len(lines) > junitLines {
			break
		}
		lines = append(lines, l.text)
		rest -= l.count
	}
	if rest > 0 {
		lines = append(lines, "... and "+plural(rest, "more difference", "more differences"))
	}
	if len(blind) > 0 {
		lines = append(lines, blindText(blind))
	}
	f.Text = strings.Join(lines, "\n")
	return f
}

func blindText(blind []RunGap) string {
	var lines []string
	for i := range blind {
		if i == junitLines {
			lines = append(lines, fmt.Sprintf("... and %d more", len(blind)-i))
			break
		}
		lines = append(lines, gapText(xmlText, &blind[i]))
	}
	return strings.Join(lines, "\n")
}

func (j *junit) unique(side int) junitSuite {
	s := junitSuite{Name: "roles only in " + xmlText(j.tags[side], clipTag)}
	for u := range pointers(j.r.unique(side)) {
		c := junitCase{Name: xmlText(u.RoleName, clipLine), ClassName: j.class("only_in_" + fileSafe(j.tags[side]))}
		text := uniqueText(xmlText, side, j.tags[side], &u.RunRole, len(u.Items)) + markText(xmlText, &u.RunMark)
		if u.Waiver != nil {
			c.Skipped = &junitSkip{"waived: " + waiverText(xmlText, &j.r.Waivers[*u.Waiver])}
		} else {
			c.Failure = &junitFault{"only in " + xmlText(j.tags[side], clipTag), "drift", text}
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
			Name: xmlText(strings.TrimSpace(name), clipLine), ClassName: j.class("gaps"),
			Error: &junitFault{xmlText(g.Reason, clipLine), ruleGap, gapText(xmlText, g)},
		})
	}
	return s
}

func (j *junit) waivers() junitSuite {
	s := junitSuite{Name: "waivers"}
	for _, state := range []string{WaiverExpired, WaiverUnmatched} {
		for _, w := range j.r.waiversIn(state) {
			s.Cases = append(s.Cases, junitCase{
				Name: xmlText(w.Fingerprint+w.Role, clipLine), ClassName: j.class("waivers"),
				Skipped: &junitSkip{state + ": " + waiverText(xmlText, &w)},
			})
		}
	}
	return s
}
