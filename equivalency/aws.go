package equivalency

import (
	"regexp"
	"slices"
	"strings"

	"iamctl/equivalency/toolname"
	"iamctl/policy"
)

// AWS is the field of a text that AWS wrote, such as the name of one of its
// policies: nothing in it is rewritten. A dictionary does not know it.
const AWS Field = "aws"

// The beginnings of paths and names that AWS gives (IAM User Guide,
// "Service-linked roles"; IAM Identity Center User Guide, "Referencing permission
// sets"; the consoles put the roles that they make under /service-role/).
const (
	serviceLinkedPath = "aws-service-role/"
	serviceLinkedName = "AWSServiceRoleFor"
	reservedPath      = "aws-reserved/"
	servicePath       = "service-role/"
)

// IsAWSARN reports whether an ARN is that of one of AWS's own things, such as
// arn:aws:iam::aws:policy/ReadOnlyAccess: its account is "aws".
func IsAWSARN(arn string) bool {
	a, ok := policy.ParseARN(arn)
	return ok && a.Account == "aws"
}

// IsServiceLinked reports whether a role at that path is one that AWS made for a
// service.
func IsServiceLinked(path string) bool { return strings.HasPrefix(path, "/"+serviceLinkedPath) }

// IsToolTag reports whether a tool says what the value of a tag with that key is.
func IsToolTag(key string) bool { return toolname.IsOwnTag(key) }

// tagKey adds what is AWS's or a tool's in the key of a tag, text[from:to].
func (f *Fixed) tagKey(text string, from, to int) {
	if w, ok := toolname.TagWord(text[from:to]); ok {
		f.word(from+w.From, from+w.To)
	}
}

// ownKinds are the beginnings of what AWS alone has, in ARNs without an account: models
// and standards (Service Authorization Reference, "Resource types defined by ...").
var ownKinds = map[string][]string{
	"bedrock":          {"foundation-model/"},
	"elasticbeanstalk": {"platform/", "solutionstack/"},
	"securityhub":      {"product/aws/", "ruleset/", "standards/"},
}

// ownValue is a value that AWS writes in conditions: the key or the method of a service
// (aws:kms), a type of CloudFormation's (AWS::S3::Bucket), or one of S3's canned ACLs
// (Amazon S3 User Guide, "Access control list overview").
var ownValue = regexp.MustCompile(`^(?:aws:[a-z]+(?::[a-z]+)?|AWS::[A-Za-z0-9]+(?:::(?:[A-Za-z0-9]+|\*))*|` +
	`bucket-owner-(?:read|full-control)|public-read(?:-write)?|authenticated-read|aws-exec-read|log-delivery-write)$`)

// reserved are the beginnings of names that AWS keeps for itself, by service (KMS
// Developer Guide, "Aliases"; Systems Manager User Guide, "Creating Systems Manager
// parameters" and "Creating SSM document content").
var reserved = map[string][]string{
	"kms": {"alias/aws/"},
	"ssm": {"parameter/aws/", "document/AWS-", "automation-definition/AWS-"},
}

// arn adds what is AWS's in an ARN: all of one of its own; of one of IAM the path
// and the name that AWS gives, as in role/aws-service-role/SERVICE/NAME; names that
// AWS keeps for itself.
func (f *Fixed) arn(text string) {
	arn, ok := policy.ParseARN(text)
	if !ok {
		return
	}
	if IsAWSARN(text) {
		f.fix(f.Head, len(text))
		return
	}
	resource := len(text) - len(arn.Resource)
	if arn.Service == "iam" || arn.Service == "sts" {
		f.entity(text, resource)
	}
	if kind, from, to := entityIn(arn); kind != "" {
		f.name(kind, text, resource+from, resource+to)
	}
	for _, name := range reserved[arn.Service] {
		if strings.HasPrefix(arn.Resource, name) {
			f.fix(resource, len(text))
		}
	}
	for _, kind := range ownKinds[arn.Service] {
		if arn.Account == "" && strings.HasPrefix(arn.Resource, kind) {
			f.fix(resource, len(text))
		}
	}
	// /aws/lambda/NAME: services name their log groups so.
	const logGroup = "log-group:/aws/"
	if service, ok := strings.CutPrefix(arn.Resource, logGroup); ok && arn.Service == "logs" {
		f.word(resource+len(logGroup)-len("aws/"), resource+len(logGroup)+strings.IndexAny(service+"/", "/:*?"))
	}
}

// entity adds of an entity of IAM, text[from:], its type before the first slash,
// and the path that AWS gave it.
func (f *Fixed) entity(text string, from int) {
	slash := strings.IndexByte(text[from:], '/')
	if slash < 0 {
		return
	}
	at := from + slash + 1
	f.word(from, at-1)
	switch rest := text[at:]; {
	case strings.HasPrefix(rest, serviceLinkedPath):
		f.fix(at, len(text))
	case strings.HasPrefix(rest, reservedPath):
		end := at + strings.LastIndexByte(rest, '/')
		f.reserved(text, at, end)
	case strings.HasPrefix(rest, servicePath):
		f.word(at, at+len(servicePath)-1)
	}
}

// reserved adds the path text[from:to], which AWS keeps for itself. Identity Center's
// ends in its home region, which may differ as any region may.
func (f *Fixed) reserved(text string, from, to int) {
	if last := strings.LastIndexByte(text[:to], '/'); last > from && region.MatchString(text[last+1:to]) {
		f.home = Span{last + 1, to}
		to = last
	}
	f.word(from, to)
}

// Of adds what is fixed in an ARN of an account that has none of the ids: Identity
// Center's home region there is not the account's own.
func (f *Fixed) Of(ids []string) {
	if f.home == (Span{}) || len(ids) == 0 {
		return
	}
	if arn, ok := policy.ParseARN(f.text); ok && !slices.ContainsFunc(ids, func(id string) bool { return ofAccount(arn.Account, id) }) {
		f.word(f.home.From, f.home.To)
	}
}

// name adds what AWS or a tool gave of the name text[from:to] of an entity, or of the
// thing of another service, without the dividers beside it.
func (f *Fixed) name(kind EntityKind, text string, from, to int) {
	name := text[from:to]
	if strings.HasPrefix(name, serviceLinkedName) {
		f.fix(from, to)
	}
	for _, w := range toolname.Words(string(kind), name) {
		f.word(from+w.From, from+w.To)
	}
	if n, ok := toolname.Given(string(kind), name); ok {
		f.Whole = append(f.Whole, Span{From: from, To: from + n})
	}
}
