# A pipeline for each application: source from S3, image by CodeBuild, rolling update by ECS.

resource "aws_cloudwatch_log_group" "build" {
  #checkov:skip=CKV_AWS_338:how long they are kept is the operator's, by `log_retention_days`
  #checkov:skip=CKV_AWS_158:encrypted with the service's own key; a key of one's own would have to let the service in first
  for_each = var.applications

  name              = "/codebuild/${var.name}-${each.key}"
  retention_in_days = var.log_retention_days
}

resource "aws_codebuild_project" "application" {
  #checkov:skip=CKV_AWS_147:artifacts are encrypted with the key of their bucket
  #checkov:skip=CKV_AWS_316:building an image needs the privileged mode
  for_each = var.applications

  name          = "${var.name}-${each.key}"
  description   = "Builds the image of ${each.key}"
  service_role  = var.build_role_arn
  build_timeout = 30

  source {
    type      = "CODEPIPELINE"
    buildspec = "buildspec.yaml"
  }

  artifacts {
    type = "CODEPIPELINE"
  }

  environment {
    # The nodes' architecture: an image is built where it will run.
    type            = "ARM_CONTAINER"
    image           = "aws/codebuild/amazonlinux-aarch64-standard:3.0"
    compute_type    = "BUILD_GENERAL1_SMALL"
    privileged_mode = true

    dynamic "environment_variable" {
      for_each = {
        IMAGE_REPOSITORY = each.value.repository
        CONTAINER_NAME   = each.key
        REGISTRY         = var.registry
        BASE             = each.value.base
        HEALTHCHECK      = var.healthcheck_image
      }

      content {
        name  = environment_variable.key
        value = environment_variable.value
      }
    }
  }

  logs_config {
    cloudwatch_logs {
      group_name = aws_cloudwatch_log_group.build[each.key].name
    }
  }
}

resource "aws_codepipeline" "application" {
  #checkov:skip=CKV_AWS_219:artifacts are encrypted with the key of their bucket
  for_each = var.applications

  name          = "${var.name}-${each.key}"
  role_arn      = var.pipeline_role_arn
  pipeline_type = "V2"

  artifact_store {
    type     = "S3"
    location = var.artifacts_bucket
  }

  stage {
    name = "source"

    action {
      name             = "source"
      category         = "Source"
      owner            = "AWS"
      provider         = "S3"
      version          = "1"
      output_artifacts = ["source"]

      configuration = {
        S3Bucket             = var.artifacts_bucket
        S3ObjectKey          = "source/${each.key}.zip"
        PollForSourceChanges = "false"
      }
    }
  }

  stage {
    name = "build"

    action {
      name             = "build"
      category         = "Build"
      owner            = "AWS"
      provider         = "CodeBuild"
      version          = "1"
      input_artifacts  = ["source"]
      output_artifacts = ["image"]

      configuration = { ProjectName = aws_codebuild_project.application[each.key].name }
    }
  }

  stage {
    name = "deploy"

    action {
      name            = "deploy"
      category        = "Deploy"
      owner           = "AWS"
      provider        = "ECS"
      version         = "1"
      input_artifacts = ["image"]

      configuration = {
        ClusterName = var.cluster
        ServiceName = var.services[each.key]
        FileName    = "imagedefinitions.json"
      }
    }
  }
}
