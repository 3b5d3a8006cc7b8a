package main

import (
	"errors"
	"fmt"
	"strings"

	"github.com/urfave/cli/v2"

	"iamctl/meaning"
	"iamctl/policy"
	"iamctl/policy/eval"
)

// texts are the values of a flag that may be repeated, each as it is: the library would
// split them at commas.
type texts []string

// Set adds a value.
func (t *texts) Set(s string) error {
	*t = append(*t, s)
	return nil
}

// String returns "": a flag has no values by itself.
func (t *texts) String() string { return "" }

// questionsOf reads --request.
func questionsOf(c *cli.Context) ([]meaning.Question, error) {
	given, _ := c.Generic("request").(*texts)
	if given == nil || len(*given) == 0 {
		if c.Bool("as-written") {
			return nil, usage("explain", "--as-written is for --request")
		}
		return nil, nil
	}
	var out []meaning.Question
	for _, text := range *given {
		q, err := parseRequest(text)
		if err != nil {
			return nil, usage("explain", "--request %s: %w", text, err)
		}
		q.AsWritten = c.Bool("as-written")
		out = append(out, q)
	}
	return out, nil
}

// parseRequest reads a request: parts of the form name=value between commas.
func parseRequest(text string) (meaning.Question, error) {
	q := meaning.Question{Request: eval.Request{Context: map[string][]string{}}}
	for _, part := range splitParts(text) {
		name, value, ok := strings.Cut(part, "=")
		if !ok {
			return q, fmt.Errorf(`%q is not of the form name=value; write \, for a comma within a value`, part)
		}
		if err := setPart(&q, strings.TrimSpace(name), value); err != nil {
			return q, err
		}
	}
	return q, completeRequest(&q)
}

// splitParts splits a text at commas that have no backslash before them.
func splitParts(text string) []string {
	var out []string
	var part strings.Builder
	for i := 0; i < len(text); i++ {
		switch {
		case text[i] == '\\' && i+1 < len(text) && (text[i+1] == ',' || text[i+1] == '\\'):
			i++
			part.WriteByte(text[i])
		case text[i] == ',':
			out = append(out, part.String())
			part.Reset()
		default:
			part.WriteByte(text[i])
		}
	}
	return append(out, part.String())
}

// requestParts are the parts of a request that are no condition keys.
var requestParts = []string{"action", "principal", "resource"}

func setPart(q *meaning.Question, name, value string) error {
	once := map[string]*string{"action": &q.Action, "resource": &q.Resource, "principal": &q.Principal.Value}
	if to := once[strings.ToLower(name)]; to != nil {
		if *to != "" {
			return fmt.Errorf("%s= is there twice; ask one question by each --request", name)
		}
		if *to = value; value == "" {
			return fmt.Errorf("%s= is empty", name)
		}
		return nil
	}
	if !strings.Contains(name, ":") {
		return fmt.Errorf("%q: %sa condition key has a prefix, such as aws:SourceIp", name, didYouMean(name, requestParts))
	}
	for key := range q.Context {
		if strings.EqualFold(key, name) {
			name = key
		}
	}
	q.Context[name] = append(q.Context[name], value)
	return nil
}

// completeRequest checks a request and adds what it leaves out.
func completeRequest(q *meaning.Question) error {
	service, action, ok := strings.Cut(q.Action, ":")
	switch {
	case q.Action == "":
		return errors.New("action= is missing, such as action=s3:GetObject")
	case !ok || service == "" || action == "" || strings.ContainsAny(q.Action, "*? "):
		return fmt.Errorf("action=%s: write one action, such as s3:GetObject", q.Action)
	}
	q.Trust = q.Principal.Value != ""
	switch {
	case q.Trust && policy.Fold(service) != "sts":
		return errors.New("principal= asks who may assume the role: the action is sts:AssumeRole, sts:AssumeRoleWithWebIdentity, sts:AssumeRoleWithSAML, sts:TagSession or sts:SetSourceIdentity")
	case q.Trust && q.Resource != "":
		return errors.New("principal= asks the trust policy, which has no resource")
	case q.Trust:
		q.Principal = policy.PrincipalOf(q.Principal.Value)
	case q.Resource == "":
		q.Resource = "*"
	}
	return nil
}
