package snapshot

import (
	"iamctl/extract/jsonfile"
	"iamctl/inventory"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
)

// profileList is the instance profiles of a role. The field is absent if the role
// is in none, and null if it is not known in which: snapshots had no null before.
type profileList struct {
	list    []profileFile
	unknown bool
}

// IsZero reports whether the field is left out.
func (l profileList) IsZero() bool { return len(l.list) == 0 && !l.unknown }

// MarshalJSONTo writes the list, or null.
func (l profileList) MarshalJSONTo(enc *jsontext.Encoder) error {
	if l.unknown {
		return enc.WriteToken(jsontext.Null)
	}
	return json.MarshalEncode(enc, l.list)
}

// UnmarshalJSONFrom reads the list, or null.
func (l *profileList) UnmarshalJSONFrom(dec *jsontext.Decoder) error {
	l.unknown = dec.PeekKind() == jsontext.KindNull
	return json.UnmarshalDecode(dec, &l.list)
}

func profilesTo(profiles []inventory.InstanceProfile) profileList {
	return profileList{
		unknown: profiles == nil,
		list: jsonfile.Each(profiles, func(p inventory.InstanceProfile) profileFile {
			return profileFile{ptr(text(p.ARN)), ptr(text(p.Name)), ptr(text(p.Path))}
		}),
	}
}

func (l profileList) from() []inventory.InstanceProfile {
	if l.unknown {
		return nil
	}
	return append([]inventory.InstanceProfile{}, jsonfile.Each(l.list, func(f profileFile) inventory.InstanceProfile {
		return inventory.InstanceProfile{Name: string(*f.Name), ARN: string(*f.ARN), Path: string(*f.Path)}
	})...)
}
