package grader

import rego.v1

repositories := [r | some r in input.hcl.resource.aws_ecr_repository]

evidence contains "there is no repository" if count(repositories) == 0

evidence contains "tags can be overwritten" if not repositories[_].image_tag_mutability == "IMMUTABLE"

evidence contains "images are not scanned on push" if not repositories[_].image_scanning_configuration.scan_on_push == true

evidence contains "no lifecycle policy keeps only 20 images" if not expires

expires if {
	some policy in input.hcl.resource.aws_ecr_lifecycle_policy
	regex.match(`countNumber"?\s*[=:]\s*20\b`, policy.policy)
}

score := 1 - (count(evidence) / 4)
