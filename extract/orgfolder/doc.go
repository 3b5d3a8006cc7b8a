// Package orgfolder keeps an organisation as a folder of JSON files, made to be committed
// to git beside the snapshots of its accounts:
//
//	organization.json  format, version, id, management account, the root and the units, the
//	                   accounts, and what could not be read
//	scp-ID.json        a service control policy
//	rcp-ID.json        a resource control policy
//
// The same organisation makes the same bytes: keys are sorted, lists have the order of
// inventory.Organization.Sort, and nothing changes by itself: there are no times of reading.
// What is empty is absent. Policy documents are written as snapshots have them
// (package snapshot). A policy that units or accounts name and that has no file is not an
// error here: what it allows is not known, and whoever asks is told so.
//
// A write that was killed leaves a folder without organization.json, which Read refuses and
// the next Write mends.
package orgfolder
