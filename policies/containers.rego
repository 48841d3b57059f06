# Containers: a fixed image, a non-root user, limits and a health check.
package headgate.containers

import data.headgate.lib
import rego.v1

tasks := lib.touched("aws_ecs_task_definition")

# {task, container} of every container definition that is known.
containers contains {"task": r, "container": c} if {
	some r in tasks
	text := text_of(r.change.after, "container_definitions")
	json.is_valid(text)
	some c in list_of(json.unmarshal(text))
	is_object(c)
}

name(c) := object.get(c.container, "name", "?")

findings contains lib.finding(
	"containers.image_tag", "error", c.task.address,
	sprintf("%s uses the image %s, which has no fixed version, in the container %s", [c.task.address, c.container.image, name(c)]),
	"name a version or a digest",
) if {
	some c in containers
	floating(text_of(c.container, "image"))
}

findings contains lib.finding(
	"containers.image_tag", "error", r.address,
	sprintf("%s uses the image %s, which has no fixed version", [r.address, place.value]),
	"name a version or a digest",
) if {
	some type, path in images
	some r in lib.touched(type)
	some place in places(r.change, path)
	is_string(place.value)
	floating(place.value)
}

images := {
	"aws_apprunner_service": ["source_configuration", "image_repository", "image_identifier"],
	"aws_lambda_function": ["image_uri"],
}

# Capabilities of the kernel with which a container leaves its bounds, and folders of the host with its sockets.
findings contains lib.finding(
	"containers.privileges", "error", c.task.address,
	sprintf("%s gives %s the capability %s", [c.task.address, name(c), capability]),
	"remove the capability",
) if {
	some c in containers
	some capability in list_of(c.container.linuxParameters.capabilities.add)
	capability in {"ALL", "BPF", "DAC_READ_SEARCH", "NET_ADMIN", "SYS_ADMIN", "SYS_MODULE", "SYS_PTRACE", "SYS_RAWIO"}
}

findings contains lib.finding(
	"containers.privileges", "error", r.address,
	sprintf("%s mounts %s of the host", [r.address, place.value]),
	"mount a folder of the application, or none",
) if {
	some r in tasks
	some place in places(r.change, ["volume", "host_path"])
	is_string(place.value)
	regex.match(`^/(|boot|dev|etc|proc|root|run|sys|usr|var|var/lib|var/lib/docker|var/run)(/docker\.sock|/containerd.*)?/*$`, place.value)
}

# Jobs of several nodes have a list of containers.
findings contains lib.finding(
	"containers.privileges", "error", r.address,
	sprintf("%s runs privileged containers", [r.address]),
	"remove privileged",
) if {
	some r in lib.touched("aws_batch_job_definition")
	text := text_of(r.change.after, "node_properties")
	json.is_valid(text)
	properties := json.unmarshal(text)
	is_object(properties)
	some range in list_of(object.get(properties, "nodeRangeProperties", null))
	is_object(range)
	range.container.privileged == true
}

floating(image) if regex.match(`:(current|develop|edge|latest|main|master|newest|next|nightly|prod|production|stable|staging)$`, image)

# An image without tag and digest means `latest`. Both contain a colon; a colon before a slash belongs to a
# port.
floating(image) if {
	image != ""
	parts := split(image, "/")
	not contains(parts[count(parts) - 1], ":")
}

findings contains lib.finding(
	"containers.root_user", "error", c.task.address,
	sprintf("%s runs %s as root", [c.task.address, name(c)]),
	"set user to a non-root user of the image, such as \"1000:1000\"",
) if {
	some c in containers
	root(object.get(c.container, "user", null))
}

root(user) if is_null(user)

root(user) if {
	is_string(user)
	regex.match(`^(0*|root|containeradministrator)$`, lower(split(user, ":")[0]))
}

findings contains lib.finding(
	"containers.limits", "error", c.task.address,
	sprintf("%s sets no memory limit for %s", [c.task.address, name(c)]),
	"set memory for the container, or cpu and memory for the task",
) if {
	some c in containers
	not is_number(object.get(c.container, "memory", null))
	not limited(c.task)
}

limited(r) if {
	lib.given(r, "cpu")
	lib.given(r, "memory")
}

findings contains lib.finding(
	"containers.health_check", "error", c.task.address,
	sprintf("%s has no health check for %s", [c.task.address, name(c)]),
	"set healthCheck with a command",
) if {
	some c in containers
	object.get(c.container, "essential", true) != false
	not checked(c.container)
}

checked(container) if {
	command := list_of(container.healthCheck.command)
	command[0] != "NONE"
}

findings contains lib.finding(
	"containers.definition_unknown", "warning", r.address,
	sprintf("the containers of %s are only known after the apply", [r.address]),
	"build names and ARNs from known values, so that the plan contains the definition",
) if {
	some r in tasks
	r.change.after_unknown.container_definitions == true
}
