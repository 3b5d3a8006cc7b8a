package compare

import (
	"context"
	"fmt"
	"os"
	"slices"

	"iamctl/extract"
	"iamctl/extract/connect"
	"iamctl/extract/snapshot"
	"iamctl/internal/hint"
)

// beside looks for files and snapshot folders that have the name of a source that
// was taken for a profile, which the user may have meant. It is an error if there
// is no such profile, else a remark.
func (r *Reader) beside(ctx context.Context, sides []Side) error {
	for _, s := range sides {
		if s.Spec.Kind != extract.Profile || !named(s.Spec.Name) {
			continue
		}
		profiles, err := connect.Profiles(ctx, r.Files)
		if err != nil {
			return nil // the reading says what is wrong with them
		}
		there := slices.ContainsFunc(profiles, func(p connect.Profile) bool { return p.Name == s.Spec.Name })
		switch {
		case !there:
			return hint.With(fmt.Errorf("%s: there is no profile %q, but a file or snapshot folder of that name", s.Tag, s.Spec.Name),
				"write ./%s for it: a name without a / that does not end in .json is a profile", s.Spec.Name)
		case r.Note != nil:
			r.Note(fmt.Sprintf("%s: %q is taken for the profile; write ./%s for the file or folder of that name", s.Tag, s.Spec.Name, s.Spec.Name))
		}
	}
	return nil
}

// named reports whether a file or a snapshot folder has that name.
func named(name string) bool {
	info, err := os.Stat(name)
	if err == nil && info.IsDir() {
		return snapshot.Is(name)
	}
	return err == nil
}
