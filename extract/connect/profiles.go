package connect

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"github.com/aws/aws-sdk-go-v2/config"

	"iamctl/policy"
)

// Kind is how a profile comes to its credentials.
type Kind string

// The kinds of profiles.
const (
	KindSSO         Kind = "sso"
	KindLogin       Kind = "login" // aws login
	KindAssumeRole  Kind = "assume-role"
	KindWebIdentity Kind = "web identity"
	KindProcess     Kind = "credential_process"
	KindStatic      Kind = "static keys"
	// KindNone is a profile without credentials of its own: the SDK takes
	// those of the machine it runs on.
	KindNone Kind = "none"
)

// Profile is one profile of the shared files. It holds no secret.
type Profile struct {
	Name string `json:"name"`
	// Region is the profile's own, "" where it has none.
	Region string `json:"region"`
	Kind   Kind   `json:"kind"`
	// Account is the account's id where the files have it, else "".
	Account string `json:"account"`
	// SourceProfile is the profile whose credentials assume the role.
	SourceProfile string `json:"source_profile"`
	// File and Line are the place of the profile's heading.
	File string `json:"file"`
	Line int    `json:"line"`
	// Problem is why the profile cannot be used, "" if it can.
	Problem string `json:"problem"`
}

// Profiles lists the profiles of the shared files, sorted by name. Files
// that are not there have none. Sections that are not profiles (sso-session,
// services) are left out; one that the AWS tools pass over because its
// heading is wrong is listed with the problem. An error names file and line.
func Profiles(ctx context.Context, files Files) ([]Profile, error) {
	paths := files.paths()
	files = Files{Config: paths[0], Credentials: paths[1]}
	var all []Profile
	seen := map[string]bool{}
	shared := &excerpts{}
	for _, path := range paths {
		headings, err := scanHeadings(path)
		if err != nil {
			return nil, err
		}
		for _, h := range headings {
			p, ok := profileOf(h, path == files.Config)
			if !ok || seen[p.Name+p.Problem] {
				continue
			}
			seen[p.Name+p.Problem] = true
			if p.Problem == "" {
				p.load(ctx, shared, files)
			}
			all = append(all, p)
		}
	}
	slices.SortFunc(all, func(a, b Profile) int { return cmp.Or(cmp.Compare(a.Name, b.Name), cmp.Compare(a.Problem, b.Problem)) })
	return all, nil
}

// paths returns the shared config file and the shared credentials file.
func (f Files) paths() []string {
	env, err := config.NewEnvConfig()
	if err != nil {
		env = config.EnvConfig{}
	}
	return []string{
		cmp.Or(f.Config, env.SharedConfigFile, config.DefaultSharedConfigFilename()),
		cmp.Or(f.Credentials, env.SharedCredentialsFile, config.DefaultSharedCredentialsFilename()),
	}
}

// profileOf takes a heading for a profile, or not.
func profileOf(h heading, inConfig bool) (Profile, bool) {
	p := Profile{Name: h.name, File: h.file, Line: h.line, Kind: KindNone}
	switch {
	case h.kind == "profile" && inConfig, h.kind == "" && !inConfig, h.kind == "" && strings.EqualFold(h.name, "default"):
		return p, true
	case h.kind == "sso-session", h.kind == "services":
		return Profile{}, false
	case h.kind == "profile":
		p.Problem = "the AWS tools pass it over: in this file the heading must be [" + h.name + "]"
	case h.kind == "":
		p.Problem = "the AWS tools pass it over: in this file the heading must be [profile " + h.name + "]"
	default:
		p.Name = h.kind + " " + h.name
		p.Problem = "the AWS tools know no section [" + p.Name + "]"
	}
	return p, true
}

// load lets the SDK say what the profile means.
func (p *Profile) load(ctx context.Context, shared *excerpts, files Files) {
	var c config.SharedConfig
	err := shared.load(p.Name, files, func(files Files) (err error) {
		c, err = config.LoadSharedConfigProfile(ctx, p.Name, func(o *config.LoadSharedConfigOptions) {
			o.ConfigFiles, o.CredentialsFiles = []string{files.Config}, []string{files.Credentials}
		})
		return err
	})
	if err != nil {
		p.Problem = profileProblem(err)
		if p.Problem == "" {
			p.Problem = strings.Join(strings.Fields(err.Error()), " ")
		}
		return
	}
	p.Region, p.SourceProfile = c.Region, c.SourceProfileName
	p.Kind, p.Account = kindOf(&c)
}

// kindOf follows the order in which the SDK looks for credentials.
func kindOf(c *config.SharedConfig) (Kind, string) {
	switch {
	case c.RoleARN != "" && c.WebIdentityTokenFile != "":
		return KindWebIdentity, account(c.RoleARN)
	case c.RoleARN != "" && (c.SourceProfileName != "" || c.CredentialSource != ""):
		return KindAssumeRole, account(c.RoleARN)
	case c.Credentials.HasKeys():
		return KindStatic, c.Credentials.AccountID
	case c.SSOSessionName != "" || c.SSOStartURL != "":
		return KindSSO, c.SSOAccountID
	case c.LoginSession != "":
		return KindLogin, account(c.LoginSession)
	case c.CredentialProcess != "":
		return KindProcess, c.Credentials.AccountID
	}
	return KindNone, ""
}

// account returns the account of an ARN if it is one.
func account(arn string) string {
	if id := AccountOf(arn); policy.IsAccountID(id) {
		return id
	}
	return ""
}
