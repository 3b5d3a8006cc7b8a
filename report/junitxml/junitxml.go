// Package junitxml is the XML of JUnit's test results, as the CIs read it.
package junitxml

import (
	"encoding/xml"
	"io"

	"iamctl/internal/visible"
)

// Write writes a file, with nothing in it that the log of a CI takes for a command. Texts
// are escaped already, with no character that XML lacks.
func Write(w io.Writer, all *Suites) error {
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

// Suites is a file.
type Suites struct {
	XMLName xml.Name `xml:"testsuites"`
	Name    string   `xml:"name,attr"`
	Counts
	Suites []Suite
}

// Counts are how many cases ended how.
type Counts struct {
	Tests    int `xml:"tests,attr"`
	Failures int `xml:"failures,attr"`
	Errors   int `xml:"errors,attr"`
	Skipped  int `xml:"skipped,attr"`
}

// Suite is a group of cases.
type Suite struct {
	XMLName xml.Name `xml:"testsuite"`
	Name    string   `xml:"name,attr"`
	Counts
	Properties *Properties
	Cases      []Case
	Out        string `xml:"system-out,omitempty"`
	Err        string `xml:"system-err,omitempty"`
}

// Properties are what a suite says of itself.
type Properties struct {
	XMLName xml.Name   `xml:"properties"`
	List    []Property `xml:"property"`
}

// Property is one of them.
type Property struct {
	Name  string `xml:"name,attr"`
	Value string `xml:"value,attr"`
}

// Case is a test: passed unless it says otherwise.
type Case struct {
	XMLName   xml.Name `xml:"testcase"`
	Name      string   `xml:"name,attr"`
	ClassName string   `xml:"classname,attr"`
	Time      int      `xml:"time,attr"` // nothing is measured
	Failure   *Fault   `xml:"failure"`
	Error     *Fault   `xml:"error"`
	Skipped   *Skip    `xml:"skipped"`
}

// Fault is why a case failed or is in error.
type Fault struct {
	Message string `xml:"message,attr"`
	Type    string `xml:"type,attr"`
	Text    string `xml:",cdata"`
}

// Skip is why a case was skipped.
type Skip struct {
	Message string `xml:"message,attr"`
}

func (c *Counts) count(n *Counts) {
	c.Tests += n.Tests
	c.Failures += n.Failures
	c.Errors += n.Errors
	c.Skipped += n.Skipped
}

// Add adds a suite and counts its cases.
func (all *Suites) Add(s Suite) {
	for i := range s.Cases {
		c := &s.Cases[i]
		n := Counts{Tests: 1}
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
	all.count(&s.Counts)
	all.Suites = append(all.Suites, s)
}
