# Everything that takes tags carries the four that bills and owners are found by.
package headgate.tags

import data.headgate.lib
import rego.v1

required := {"Environment", "Project", "Owner", "ManagedBy"}

# Resources with tags have `tags_all`: the provider's default tags and their own together.
taggable contains r if {
	some r in lib.touched
	"tags_all" in object.keys(r.change.after)
}

taggable contains r if {
	some r in lib.touched
	r.change.after_unknown.tags_all
}

present(r) := object.keys(r.change.after.tags_all) if is_object(r.change.after.tags_all)

present(r) := set() if not is_object(object.get(r.change.after, "tags_all", null))

findings contains {
	"rule": "tags.required",
	"severity": "error",
	"resource": r.address,
	"message": sprintf("%s lacks the tags %s", [r.address, concat(", ", sort([t | some t in missing]))]),
	"fix": "set them once, in default_tags of the provider",
} if {
	some r in taggable
	missing := required - present(r)
	count(missing) > 0
}
