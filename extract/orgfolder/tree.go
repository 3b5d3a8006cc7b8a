package orgfolder

import (
	"fmt"

	"iamctl/inventory"
)

// checkTree refuses an organisation of which something would go unseen: ids that occur twice,
// units and accounts that are in no unit, and units that are above themselves.
func checkTree(o *inventory.Organization) error {
	parents := make(map[string]string, len(o.Units))
	for _, u := range o.Units {
		if _, ok := parents[u.ID]; ok || u.ID == "" {
			return fmt.Errorf("the unit %q (%s) is there twice or has no id", u.ID, u.Path)
		}
		parents[u.ID] = u.Parent
	}
	done := map[string]bool{}
	for _, u := range o.Units {
		if err := checkPath(u.ID, parents, done); err != nil {
			return err
		}
	}
	taken := make(map[string]bool, len(o.Members))
	for _, m := range o.Members {
		if taken[m.ID] || m.ID == "" {
			return fmt.Errorf("the account %q (%s) is there twice or has no id", m.ID, m.Name)
		}
		taken[m.ID] = true
		if _, ok := parents[m.Unit]; !ok && m.Unit != "" {
			return fmt.Errorf("the account %q is in the unit %q, which is not there", m.ID, m.Unit)
		}
	}
	return nil
}

// checkPath walks from a unit to the root, or to one that was found to be below it.
func checkPath(id string, parents map[string]string, done map[string]bool) error {
	var path []string
	for at := id; at != "" && !done[at]; at = parents[at] {
		if _, ok := parents[at]; !ok {
			return fmt.Errorf("the unit %q is below %q, which is not there", path[len(path)-1], at)
		}
		if path = append(path, at); len(path) > len(parents) {
			return fmt.Errorf("the unit %q is below itself", id)
		}
	}
	for _, at := range path {
		done[at] = true
	}
	return nil
}
