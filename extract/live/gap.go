package live

import (
	"iamctl/extract/connect"
	"iamctl/inventory"
)

// gap returns a part that could not be read.
func gap(about inventory.Gap, err error) inventory.Gap {
	about.Kind, about.Blind, about.Reason = inventory.GapRead, true, connect.Because(err)
	return about
}
