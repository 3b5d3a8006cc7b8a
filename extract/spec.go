package extract

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"unicode"
)

// Kind is what a source is.
type Kind int

// The kinds of sources.
const (
	// Profile is a profile of the AWS configuration.
	Profile Kind = iota
	// Folder is a snapshot folder.
	Folder
	// File is a file with the output of
	// aws iam get-account-authorization-details.
	File
	// Git is a snapshot folder at a git revision.
	Git
	// Organization is the accounts of an AWS organisation, or one of them.
	Organization
	// Accounts is the accounts in a file, or one of them.
	Accounts
)

func (k Kind) String() string {
	switch k {
	case Profile:
		return "profile"
	case Folder:
		return "folder"
	case File:
		return "file"
	case Git:
		return "git"
	case Organization:
		return "organization"
	case Accounts:
		return "accounts"
	}
	return fmt.Sprintf("Kind(%d)", int(k))
}

// Spec names a source.
type Spec struct {
	Kind Kind
	// Name is the profile, or the path. Of an organisation it is the profile of the
	// management account, or of a delegated administrator, "" for what the SDK's default
	// chain finds.
	Name string
	// Rev is the git revision, "" for the other kinds.
	Rev string
	// Unit is the id of the organisational unit whose accounts are meant, those of the
	// units below included; "" for the whole organisation, and for the other kinds.
	Unit string
	// Account is the id of the one account that is meant of an organisation or of a file
	// with accounts, "" for all of them, and for the other kinds.
	Account string
}

// Many reports whether the source may have any number of accounts.
func (s Spec) Many() bool {
	return (s.Kind == Organization || s.Kind == Accounts) && s.Account == ""
}

// Of returns the source of one account of a source of many.
func (s Spec) Of(account string) Spec {
	return Spec{Kind: s.Kind, Name: s.Name, Account: account}
}

// String writes the source so that ParseSpec reads the same again.
func (s Spec) String() string {
	switch {
	case s.Kind == Git:
		return "git:" + s.Rev + ":" + s.Name
	case s.Kind == Organization:
		return organizationText(s)
	case s.Kind == Accounts && s.Account != "":
		return accountsPrefix + s.Name + "/" + s.Account
	case s.Kind == Accounts:
		return accountsPrefix + s.Name
	case s.Kind == Profile && (s.Name == "." || s.Name == ".." || prefixed(s.Name) || pathLike(s.Name)):
		return "profile:" + s.Name
	}
	return s.Name
}

// ErrSource is wrapped by the errors of ParseSpec, Locate and ValidTag: what
// the user wrote cannot name a source or a tag.
var ErrSource = errors.New("bad source")

// ParseSpec reads a source as it is written on the command line. It looks at
// the text alone, never at the disk:
//
//	git:REV:PATH         a snapshot folder at a git revision
//	profile:NAME         an AWS profile, whatever the name looks like
//	org:PROFILE          the accounts of an organisation, see parseOrganization
//	accounts:FILE.csv    the accounts in a file, see parseAccounts
//	with a "/"           a path: a file if it ends in .json, else a folder
//	ending in .json      a file
//	anything else        an AWS profile, also where a folder has that name
func ParseSpec(source string) (Spec, error) {
	if err := checkText(source); err != nil {
		return Spec{}, err
	}
	if rest, ok := strings.CutPrefix(source, "git:"); ok {
		return parseGit(source, rest)
	}
	if rest, ok := strings.CutPrefix(source, organizationPrefix); ok {
		return parseOrganization(source, rest)
	}
	if rest, ok := strings.CutPrefix(source, accountsPrefix); ok {
		return parseAccounts(source, rest)
	}
	if name, ok := strings.CutPrefix(source, "profile:"); ok {
		if strings.TrimSpace(name) == "" {
			return Spec{}, specError(source, "has no name after profile:", "write profile:NAME")
		}
		return Spec{Kind: Profile, Name: name}, nil
	}
	if source == "." || source == ".." {
		return Spec{}, specError(source, "is no name of a profile", "write "+source+"/ for the snapshot folder")
	}
	if !pathLike(source) {
		return Spec{Kind: Profile, Name: source}, nil
	}
	if strings.HasSuffix(source, ".json") {
		return Spec{Kind: File, Name: source}, nil
	}
	return Spec{Kind: Folder, Name: source}, nil
}

// Locate looks at what lies at the path of a Folder or File and corrects the
// kind: a folder may end in .json, and a file need not. A link that leads nowhere
// is what its name says. The other kinds come back as they are.
func (s Spec) Locate() (Spec, error) {
	if s.Kind != Folder && s.Kind != File {
		return s, nil
	}
	info, err := os.Stat(s.Name)
	switch {
	case err != nil && IsThere(s.Name):
		// A link to what cannot be reached: reading it says so.
	case errors.Is(err, fs.ErrNotExist):
		next := "check the path"
		if !strings.ContainsRune(strings.TrimRight(s.Name, "/"), '/') {
			next += ", or write profile:" + strings.TrimRight(s.Name, "/") + " for an AWS profile"
		}
		return s, specError(s.Name, "does not exist", next)
	case err != nil:
		return s, fmt.Errorf("%w: %w", ErrSource, err)
	case info.IsDir():
		s.Kind = Folder
	default:
		s.Kind = File
	}
	return s, nil
}

// IsThere reports whether a source is a path, and something lies at it, if only a link that
// leads nowhere.
func IsThere(source string) bool {
	s, err := ParseSpec(source)
	if err != nil || s.Kind != Folder && s.Kind != File {
		return false
	}
	_, err = os.Lstat(s.Name)
	return err == nil
}

// parseGit reads REV:PATH. A colon within braces belongs to the revision, as
// in HEAD^{/fix: it}.
func parseGit(source, rest string) (Spec, error) {
	form := "write git:REV:PATH, such as git:HEAD~1:baseline/dev"
	depth := 0
	cut := strings.IndexFunc(rest, func(r rune) bool {
		switch r {
		case '{':
			depth++
		case '}':
			depth--
		}
		return r == ':' && depth <= 0
	})
	if cut < 0 {
		return Spec{}, specError(source, "has no path", form)
	}
	rev, path := rest[:cut], rest[cut+1:]
	switch {
	case rev == "":
		return Spec{}, specError(source, "has no revision", form)
	case strings.HasPrefix(rev, "-"):
		return Spec{}, specError(source, "has a revision that begins with a dash", form)
	case path == "":
		return Spec{}, specError(source, "has no path", form+", or . for the whole repository")
	}
	return Spec{Kind: Git, Name: path, Rev: rev}, nil
}

func checkText(source string) error {
	if strings.TrimSpace(source) == "" {
		return fmt.Errorf("%w: it is empty; give a profile, a snapshot folder, a .json file, git:REV:PATH, org:PROFILE or accounts:FILE.csv", ErrSource)
	}
	if strings.ContainsFunc(source, unicode.IsControl) {
		return specError(source, "holds a control character", "check the quoting in the shell")
	}
	return nil
}

func specError(source, what, next string) error {
	return fmt.Errorf("%w: %q %s; %s", ErrSource, source, what, next)
}

func prefixed(s string) bool {
	return slices.ContainsFunc([]string{"git:", "profile:", organizationPrefix, accountsPrefix}, func(prefix string) bool { return strings.HasPrefix(s, prefix) })
}

// pathLike reports whether a text reads like a path. On Windows a backslash is
// as good as a slash.
func pathLike(s string) bool {
	return strings.ContainsRune(s, '/') || strings.ContainsRune(s, filepath.Separator) || strings.HasSuffix(s, ".json")
}
