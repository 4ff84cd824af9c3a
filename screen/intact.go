package screen

import "fmt"

// Intact is an error if the file of a list was changed in place since it was
// opened: then what was found, or not, may rest on another list than the one
// that is named.
func (l *Lists) Intact() error {
	for _, all := range [][]*List{l.Now, l.Newer, l.Older} {
		for _, s := range all {
			if inPlace, _ := s.Altered(); inPlace {
				return fmt.Errorf("the file of %s of %s was changed in place while it was in use; run `navicert lists verify`, then ask again", s.Source, s.Date)
			}
		}
	}
	return nil
}
