package compare

import (
	"cmp"
	"context"
	"fmt"
	"sync"

	"iamctl/extract"
	"iamctl/extract/accountlist"
	"iamctl/extract/connect"
	"iamctl/internal/hint"
)

// DefaultRole is the name of the role that is assumed in the accounts of an organisation.
const DefaultRole = "iamctl-reader"

// Into says by which role the accounts of an organisation, or of a list, are read.
type Into struct {
	// Profile assumes the roles of a list of accounts whose rows name no profile, "" for
	// what the SDK's default chain finds.
	Profile string
	// Role is the role's name, with its path if it has one; "" for DefaultRole.
	Role string
	// ExternalID is what the role's trust policy may ask for, and Session the name of the
	// session in CloudTrail; "" for none, and for iamctl.
	ExternalID, Session string
}

// profiles are the connections of the profiles by which roles are assumed.
type profiles struct {
	mu    sync.Mutex
	known map[string]*assuming
	lists map[string]*list
}

// assuming is a profile that assumes roles. Its credentials are asked for once.
type assuming struct {
	once    sync.Once
	session *connect.Session
	id      connect.Identity
	err     error
}

// list is a file with a list of accounts.
type list struct {
	once sync.Once
	rows []accountlist.Row
	err  error
}

// profile returns the connection of a profile, and whose it is.
func (r *Reader) profile(ctx context.Context, name string) (*connect.Session, connect.Identity, error) {
	r.profiles.mu.Lock()
	if r.profiles.known == nil {
		r.profiles.known = map[string]*assuming{}
	}
	p := r.profiles.known[name]
	if p == nil {
		p = &assuming{}
		r.profiles.known[name] = p
	}
	r.profiles.mu.Unlock()
	p.once.Do(func() {
		p.session, p.err = connect.Open(ctx, connect.Options{Profile: name, Region: r.Region, Files: r.Files, MFAToken: r.MFAToken, Connections: r.Connections})
		if p.err == nil {
			p.id, p.err = p.session.Identify(ctx)
		}
	})
	return p.session, p.id, p.err
}

// list returns the accounts in a file.
func (r *Reader) list(ctx context.Context, path string) ([]accountlist.Row, error) {
	r.profiles.mu.Lock()
	if r.profiles.lists == nil {
		r.profiles.lists = map[string]*list{}
	}
	l := r.profiles.lists[path]
	if l == nil {
		l = &list{}
		r.profiles.lists[path] = l
	}
	r.profiles.mu.Unlock()
	l.once.Do(func() { l.rows, l.err = accountlist.Read(ctx, path) })
	return l.rows, l.err
}

// into connects to one account of many.
func (r *Reader) into(ctx context.Context, spec extract.Spec, step step) (*connect.Session, error) {
	if spec.Kind == extract.Organization {
		return r.byRole(ctx, spec.Name, spec.Account, "", step)
	}
	rows, err := r.list(ctx, spec.Name)
	if err != nil {
		return nil, err
	}
	for i := range rows {
		switch row := &rows[i]; {
		case row.ID != spec.Account:
			continue
		case row.Profile != "" && row.RoleARN == "":
			return r.byProfile(ctx, row.Profile, step)
		default:
			return r.byRole(ctx, cmp.Or(row.Profile, r.Into.Profile), row.ID, row.RoleARN, step)
		}
	}
	return nil, hint.With(fmt.Errorf("%s has no account %s", spec.Name, spec.Account), "check the column id of the file")
}

// byProfile connects to the account of a profile.
func (r *Reader) byProfile(ctx context.Context, profile string, step step) (*connect.Session, error) {
	s, _, err := r.profile(ctx, profile)
	if err != nil {
		return nil, err
	}
	return s.As(connect.Role{}, step.Waiting, step.called), nil
}

// byRole connects to an account by a role that a profile assumes; where none is named, to
// the profile's own account by the profile itself.
func (r *Reader) byRole(ctx context.Context, profile, account, role string, step step) (*connect.Session, error) {
	s, own, err := r.profile(ctx, profile)
	switch {
	case err != nil:
		return nil, err
	case role == "" && own.Account == account:
		return s.As(connect.Role{}, step.Waiting, step.called), nil
	case role == "":
		role = "arn:" + own.Partition + ":iam::" + account + ":role/" + cmp.Or(r.Into.Role, DefaultRole)
	}
	return s.As(connect.Role{ARN: role, ExternalID: r.Into.ExternalID, Session: r.Into.Session}, step.Waiting, step.called), nil
}

// isMember returns an error if one account of many is another than the one that was meant.
func isMember(s Side, id string) error {
	if s.Spec.Account == "" || s.Spec.Account == id {
		return nil
	}
	return hint.With(fmt.Errorf("what leads to account %s leads to account %s", s.Spec.Account, id), "check the profile and the role in its line, and endpoint_url of the profile")
}
