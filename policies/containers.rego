# Containers: a fixed image, a non-root user, limits and a health check.
package headgate.containers

import data.headgate.lib
import rego.v1

tasks := lib.touched("aws_ecs_task_definition")

# {task, container} of every container definition that is known.
containers contains {"task": r, "container": c} if {
	some r in tasks
	text := lib.text(r.change.after, "container_definitions")
	json.is_valid(text)
	some c in lib.list(json.unmarshal(text))
	is_object(c)
}

name(c) := object.get(c.container, "name", "?")

findings contains lib.finding(
	"containers.image_tag", "error", c.task.address,
	sprintf("%s uses the image %s, which has no fixed version, in the container %s", [c.task.address, c.container.image, name(c)]),
	"name a version or a digest",
) if {
	some c in containers
	floating(lib.text(c.container, "image"))
}

findings contains lib.finding(
	"containers.image_tag", "error", r.address,
	sprintf("%s uses the image %s, which has no fixed version", [r.address, r.change.after.image_uri]),
	"name a version or a digest",
) if {
	some r in lib.touched("aws_lambda_function")
	floating(lib.text(r.change.after, "image_uri"))
}

floating(image) if endswith(image, ":latest")

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
	split(user, ":")[0] in {"", "0", "root"}
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
	command := lib.list(container.healthCheck.command)
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
