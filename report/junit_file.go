package report

import "encoding/xml"

// The parts of a JUnit file.

type junitSuites struct {
	XMLName xml.Name `xml:"testsuites"`
	Name    string   `xml:"name,attr"`
	junitCounts
	Suites []junitSuite
}

type junitCounts struct {
	Tests    int `xml:"tests,attr"`
	Failures int `xml:"failures,attr"`
	Errors   int `xml:"errors,attr"`
	Skipped  int `xml:"skipped,attr"`
}

type junitSuite struct {
	XMLName xml.Name `xml:"testsuite"`
	Name    string   `xml:"name,attr"`
	junitCounts
	Properties *junitProperties
	Cases      []junitCase
	Out        string `xml:"system-out,omitempty"`
	Err        string `xml:"system-err,omitempty"`
}

type junitProperties struct {
	XMLName xml.Name        `xml:"properties"`
	List    []junitProperty `xml:"property"`
}

type junitProperty struct {
	Name  string `xml:"name,attr"`
	Value string `xml:"value,attr"`
}

type junitCase struct {
	XMLName   xml.Name    `xml:"testcase"`
	Name      string      `xml:"name,attr"`
	ClassName string      `xml:"classname,attr"`
	Time      int         `xml:"time,attr"` // nothing is measured
	Failure   *junitFault `xml:"failure"`
	Error     *junitFault `xml:"error"`
	Skipped   *junitSkip  `xml:"skipped"`
}

type junitFault struct {
	Message string `xml:"message,attr"`
	Type    string `xml:"type,attr"`
	Text    string `xml:",cdata"`
}

type junitSkip struct {
	Message string `xml:"message,attr"`
}

func (c *junitCounts) count(n *junitCounts) {
	c.Tests += n.Tests
	c.Failures += n.Failures
	c.Errors += n.Errors
	c.Skipped += n.Skipped
}

func (all *junitSuites) add(s junitSuite) {
	for i := range s.Cases {
		c := &s.Cases[i]
		n := junitCounts{Tests: 1}
		switch {
		case c.Failure != nil:
			n.Failures = 1
		case c.Error != nil:
			n.Errors = 1
		case c.Skipped != nil:
			n.Skipped = 1
		}
		s.count(&n)
	}
	all.count(&s.junitCounts)
	all.Suites = append(all.Suites, s)
}
