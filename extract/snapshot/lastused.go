package snapshot

import (
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/go-json-experiment/json/jsontext"

	"iamctl/extract/jsonfile"
	"iamctl/inventory"
)

// uses is what the file of last uses says.
type uses struct {
	day time.Time
	// roles are by name in lower case.
	roles map[string]*inventory.LastUse
}

// UnmarshalJSONFrom reads the part.
func (f *lastUseFile) UnmarshalJSONFrom(dec *jsontext.Decoder) error {
	type plain lastUseFile
	return jsonfile.ReadPart(dec, (*plain)(f), func() error { return jsonfile.Required("name", f.Name) })
}

func lastUsedTo(a *inventory.Account) lastUsedFile {
	roles := []lastUseFile{}
	for i := range a.Roles {
		if r := &a.Roles[i]; r.LastUsed != nil {
			roles = append(roles, lastUseFile{At: moment(r.LastUsed.At), Name: ptr(text(r.Name)), Region: text(r.LastUsed.Region)})
		}
	}
	return lastUsedFile{Day: day(a.LastUsedDay), Roles: &roles}
}

func (f *lastUsedFile) from() (u uses, err error) {
	if f.Roles == nil {
		return u, errors.New(`the field "roles" is missing`)
	}
	u = uses{day: time.Time(f.Day), roles: make(map[string]*inventory.LastUse, len(*f.Roles))}
	for _, r := range *f.Roles {
		name := strings.ToLower(string(*r.Name))
		if u.roles[name] != nil {
			return u, fmt.Errorf("the role %q is in it twice", *r.Name)
		}
		u.roles[name] = &inventory.LastUse{At: time.Time(r.At), Region: string(r.Region)}
	}
	return u, nil
}
