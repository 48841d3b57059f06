//! Every resource of a Terraform module that can have tags has those that the user gives.

use hcl::{Body, Expression};

/// Types in the modules that have no tags, or whose tags nobody looks for (objects in S3).
const WITHOUT: [&str; 25] = [
    "aws_api_gateway_account",
    "aws_api_gateway_deployment",
    "aws_api_gateway_gateway_response",
    "aws_api_gateway_integration",
    "aws_api_gateway_method",
    "aws_api_gateway_method_settings",
    "aws_api_gateway_resource",
    "aws_cloudwatch_event_archive",
    "aws_cloudwatch_event_bus_policy",
    "aws_cloudwatch_event_target",
    "aws_dynamodb_resource_policy",
    "aws_iam_role_policy",
    "aws_iam_role_policy_attachment",
    "aws_kms_alias",
    "aws_lambda_function_event_invoke_config",
    "aws_lambda_permission",
    "aws_s3_bucket_lifecycle_configuration",
    "aws_s3_bucket_policy",
    "aws_s3_bucket_public_access_block",
    "aws_s3_bucket_server_side_encryption_configuration",
    "aws_s3_bucket_object_lock_configuration",
    "aws_s3_bucket_versioning",
    "aws_s3_object",
    "aws_scheduler_schedule",
    "aws_wafv2_web_acl_association",
];

#[test]
fn every_resource_has_the_users_tags() {
    let mut found = 0;
    for module in crate::tables::modules() {
        let whole = module.ends_with("fleet");
        for file in std::fs::read_dir(&module).unwrap() {
            let path = file.unwrap().path();
            if path.extension().is_none_or(|e| e != "tf") {
                continue;
            }
            let body: Body = hcl::parse(&std::fs::read_to_string(&path).unwrap()).unwrap();
            for block in body.blocks() {
                let kind = block.labels().first().map_or("", |label| label.as_str());
                let wanted = match block.identifier() {
                    "resource" => !WITHOUT.contains(&kind),
                    "module" => whole,
                    _ => false,
                };
                if wanted {
                    let tags = block.body().attributes().find(|a| a.key() == "tags");
                    let tags = tags.map(|a| a.expr());
                    assert!(
                        matches!(tags, Some(Expression::Traversal(_))),
                        "{}: {kind} needs `tags = var.tags`",
                        path.display()
                    );
                    found += 1;
                }
            }
        }
    }
    assert!(found > 25, "{found}");
}
