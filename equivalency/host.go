package equivalency

import (
	"regexp"
	"slices"
	"strings"

	"iamctl/policy"
)

// domains are those of AWS's partitions.
var domains = policy.ServiceDomains()

// signIn are the hosts of AWS's sign-in, one for each partition that AWS
// documents (IAM User Guide, "Configure SAML assertions for the authentication
// response"): SAML:aud has https://HOST/saml.
var signIn = []string{"signin.aws.amazon.com", "signin.amazonaws-us-gov.com", "signin.amazonaws.cn"}

// publicIssuers are identity providers that many accounts of many owners trust, so
// that their names are nobody's own (IAM User Guide, "Identity-provider controls
// for shared OIDC providers" and "OIDC federation").
var publicIssuers = []string{
	"accounts.google.com", "agent.buildkite.com", "api.pulumi.com/oidc", "app.terraform.io", "bitbucket.org",
	"cognito-identity.amazonaws.com", "gitlab.com", "graph.facebook.com", "oidc-configuration.audit-log.githubusercontent.com",
	"oidc.circleci.com/org", "oidc.codefresh.io", "oidc.vercel.com", "proidc.upbound.io", "sandboxes.cloud", "scalr.io",
	"studio.datachain.ai/api", "token.actions.githubusercontent.com", "tokens.cloud.shisho.dev",
	"vstoken.actions.githubusercontent.com", "vstoken.dev.azure.com", "www.amazon.com",
}

var region = regexp.MustCompile(`^[a-z]{2,4}(-[a-z]+)+-[0-9]+$`)

// regionName finds AWS's regions as they are named in all partitions (AWS General
// Reference, "Regions and Availability Zones").
var regionName = regexp.MustCompile(`(?:af|ap|ca|cn|eu|eusc-de|il|me|mx|sa|us|us-gov|us-iso[a-z]?|eu-isoe)-` +
	`(?:north|south|central|(?:north|south)?(?:east|west))-[0-9]+`)

// regionsAround returns the regions that are whole words of a text and may have
// text[from:to] or a part of it, the bytes around it included.
func regionsAround(text string, from, to int) []Span {
	for inRegion(text, from) {
		from--
	}
	for inRegion(text, to) {
		to++
	}
	// What every region has: east-, west-, north-, south- or central-.
	near := text[from:to]
	if !strings.Contains(near, "st-") && !strings.Contains(near, "th-") && !strings.Contains(near, "al-") {
		return nil
	}
	var list []Span
	for _, at := range regionName.FindAllStringIndex(near, -1) {
		if x := (Span{from + at[0], from + at[1]}); Token(text, x.From, x.To) {
			list = append(list, x)
		}
	}
	return list
}

// inRegion reports whether the bytes around place i may both be of one region.
func inRegion(text string, i int) bool {
	of := func(b byte) bool { return b == '-' || 'a' <= b && b <= 'z' || '0' <= b && b <= '9' }
	return 0 < i && i < len(text) && of(text[i-1]) && of(text[i])
}

// hosts adds the parts of the host names in a text that are AWS's: of
// logs.eu-west-1.amazonaws.com all but the region. A text of the field Service is
// a host name whatever its domain.
func (f *Fixed) hosts(field Field, text string) {
	if at := strings.Index(text, oidcProvider); at >= 0 && f.Head > 0 {
		f.word(at+1, at+len(oidcProvider)-1)
		f.issuer(text, at+len(oidcProvider), len(text))
		return
	}
	for _, h := range signIn {
		if at := strings.Index(text, h); at >= 0 && strings.HasPrefix(text, "https://") {
			f.fix(0, len("https://"))
			f.fix(at, at+len(h))
			if path, ok := strings.CutPrefix(text[at+len(h):], "/saml"); ok {
				f.fix(at+len(h), len(text)-len(path))
			}
			return
		}
	}
	known := f.host(text, 0, len(text), field == Service, (*Fixed).fix)
	if field == Service && !known {
		// With its dot, so that the label stays the first one.
		label := strings.IndexByte(text, '.') + 1
		if label == 0 {
			label = len(text)
		}
		f.fix(0, label)
	}
	if field == Principal && slices.Contains(publicIssuers, text) {
		f.fix(0, len(text))
	}
}

// oidcProvider is what an identity provider's ARN has before the issuer.
const oidcProvider = ":oidc-provider/"

// issuer adds the fixed parts of the issuer text[from:to], a host and perhaps a
// path. EKS has the cluster's id behind /id/ (EKS User Guide, "Create an IAM OIDC
// provider for your cluster").
func (f *Fixed) issuer(text string, from, to int) {
	name := policy.Fold(text[from:to])
	for _, p := range publicIssuers {
		if rest, ok := strings.CutPrefix(name, p); ok && (rest == "" || rest[0] == '/') {
			f.word(from, from+len(p))
			return
		}
	}
	end := to
	if i := strings.IndexAny(name, "/:"); i >= 0 {
		end = from + i
	}
	if f.host(text, from, end, true, (*Fixed).word) && strings.HasPrefix(name, "oidc.eks.") && strings.HasPrefix(text[end:to], "/id/") {
		f.word(end+1, end+len("/id"))
	}
}

// things are labels of services whose things have hosts of their own, such as
// NAME.eu-west-1.es.amazonaws.com and BUCKET.s3.amazonaws.com.
var things = []string{"aoss", "cache", "ecr", "elb", "es", "execute-api", "iot", "mq", "rds", "redshift", "s3", "s3-website"}

// host adds the parts of the host name text[from:to] of a service of AWS, whose
// domain it has: all labels but a region, an account's id and, unless the host can
// only be a service's, the name of a thing. It is false for any other domain. Where
// something else is before the domain, such as an address, the domain alone is
// fixed.
func (f *Fixed) host(text string, from, to int, service bool, add func(f *Fixed, from, to int)) bool {
	name := text[from:to]
	domain := -1
	for _, d := range domains {
		if at := len(name) - len(d); at >= 0 && strings.EqualFold(name[at:], d) {
			domain = at
			break
		}
	}
	if domain < 0 {
		return false
	}
	add(f, from+domain, to)
	if strings.IndexFunc(name[:domain], notInHost) >= 0 {
		return true
	}
	labels := strings.Split(policy.Fold(name[:domain]), ".")
	first := 0
	if !service {
		first = firstOfService(labels)
	}
	at := from
	for i, l := range labels {
		// With its dot, so that the label stays one.
		end := min(at+len(l)+1, from+domain)
		if i >= first && !region.MatchString(l) && !policy.IsAccountID(l) {
			add(f, at, end)
		}
		at = end
	}
	return true
}

// firstOfService returns the first label that is not the name of a thing.
func firstOfService(labels []string) int {
	regional := slices.ContainsFunc(labels, region.MatchString)
	for i, l := range labels {
		if i > 0 && slices.Contains(things, l) && (regional || strings.HasPrefix(l, "s3")) {
			return i
		}
	}
	return 0
}

func notInHost(r rune) bool {
	return (r < 'a' || r > 'z') && (r < 'A' || r > 'Z') && (r < '0' || r > '9') && !strings.ContainsRune("-_.*?", r)
}
