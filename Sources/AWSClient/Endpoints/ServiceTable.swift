/// Services that speak JSON with targets, query or ec2, for calls of any of their operations.
///
/// One a line: name as the AWS CLI has it, AWS's own name, protocol, version (of JSON and target prefix, or of the
/// API), first label of host names, name in signatures, host (`*` is the region), region of signatures; `-` where the
/// usual rule holds. Hosts are those of the `aws` partition.
/// Source: facts of botocore 1.43.11's service models and endpoint rules for `ap-northeast-2`, read 2026-11-21.
enum ServiceTable {
    static let text = """
        acm|ACM|json|1.1 CertificateManager|acm|-|-|-
        acm-pca|ACM PCA|json|1.1 ACMPrivateCA|acm-pca|-|-|-
        application-autoscaling|Application Auto Scaling|json|1.1 AnyScaleFrontendService|application-autoscaling|-|-|-
        application-insights|Application Insights|json|1.1 EC2WindowsBarleyService|applicationinsights|-|-|-
        apprunner|AppRunner|json|1.0 AppRunner|apprunner|-|-|-
        appstream|AppStream|json|1.1 PhotonAdminProxyService|appstream2|appstream|-|-
        arc-region-switch|ARC Region switch|json|1.0 ArcRegionSwitch|arc-region-switch|-|arc-region-switch.*.api.aws|-
        athena|Athena|json|1.1 AmazonAthena|athena|-|-|-
        autoscaling|Auto Scaling|query|2011-01-01|autoscaling|-|-|-
        autoscaling-plans|Auto Scaling Plans|json|1.1 AnyScaleScalingPlannerFrontendService|autoscaling-plans|-|-|-
        b2bi|b2bi|json|1.0 B2BI|b2bi|-|-|-
        backup-gateway|Backup Gateway|json|1.0 BackupOnPremises_v20210101|backup-gateway|-|-|-
        bcm-dashboards|BCM Dashboards|json|1.0 AWSBCMDashboardsService|bcm-dashboards|-|bcm-dashboards.us-east-1.api.aws|us-east-1
        bcm-data-exports|BCM Data Exports|json|1.1 AWSBillingAndCostManagementDataExports|bcm-data-exports|-|bcm-data-exports.us-east-1.api.aws|us-east-1
        bcm-pricing-calculator|BCM Pricing Calculator|json|1.0 AWSBCMPricingCalculator|bcm-pricing-calculator|-|bcm-pricing-calculator.us-east-1.api.aws|us-east-1
        bcm-recommended-actions|BCM Recommended Actions|json|1.0 AWSBillingAndCostManagementRecommendedActions|bcm-recommended-actions|-|bcm-recommended-actions.us-east-1.api.aws|us-east-1
        bedrock-data-automation-runtime|Bedrock Data Automation Runtime|json|1.1 AmazonBedrockKeystoneRuntimeService|bedrock-data-automation-runtime|bedrock|-|-
        billing|Billing|json|1.0 AWSBilling|billing|-|billing.us-east-1.api.aws|us-east-1
        budgets|Budgets|json|1.1 AWSBudgetServiceGateway|budgets|-|budgets.amazonaws.com|us-east-1
        ce|Cost Explorer|json|1.1 AWSInsightsIndexService|ce|-|ce.us-east-1.amazonaws.com|us-east-1
        cloud9|Cloud9|json|1.1 AWSCloud9WorkspaceManagementService|cloud9|-|-|-
        cloudcontrol|CloudControl|json|1.0 CloudApiService|cloudcontrolapi|-|-|-
        cloudformation|CloudFormation|query|2010-05-15|cloudformation|-|-|-
        cloudhsm|CloudHSM|json|1.1 CloudHsmFrontendService|cloudhsm|-|-|-
        cloudhsmv2|CloudHSM V2|json|1.1 BaldrApiService|cloudhsmv2|cloudhsm|-|-
        cloudsearch|CloudSearch|query|2013-01-01|cloudsearch|-|-|-
        cloudtrail|CloudTrail|json|1.1 com.amazonaws.cloudtrail.v20131101.CloudTrail_20131101|cloudtrail|-|-|-
        cloudwatch|CloudWatch|json|1.0 GraniteServiceVersion20100801|monitoring|-|-|-
        codebuild|CodeBuild|json|1.1 CodeBuild_20161006|codebuild|-|-|-
        codecommit|CodeCommit|json|1.1 CodeCommit_20150413|codecommit|-|-|-
        codeconnections|CodeConnections|json|1.0 com.amazonaws.codeconnections.CodeConnections_20231201|codeconnections|-|-|-
        codedeploy|CodeDeploy|json|1.1 CodeDeploy_20141006|codedeploy|-|-|-
        codepipeline|CodePipeline|json|1.1 CodePipeline_20150709|codepipeline|-|-|-
        codestar-connections|CodeStar connections|json|1.0 com.amazonaws.codestar.connections.CodeStar_connections_20191201|codestar-connections|-|-|-
        cognito-identity|Cognito Identity|json|1.1 AWSCognitoIdentityService|cognito-identity|-|-|-
        cognito-idp|Cognito Identity Provider|json|1.1 AWSCognitoIdentityProviderService|cognito-idp|-|-|-
        comprehend|Comprehend|json|1.1 Comprehend_20171127|comprehend|-|-|-
        comprehendmedical|ComprehendMedical|json|1.1 ComprehendMedical_20181030|comprehendmedical|-|-|-
        compute-optimizer|Compute Optimizer|json|1.0 ComputeOptimizerService|compute-optimizer|-|-|-
        compute-optimizer-automation|Compute Optimizer Automation|json|1.0 ComputeOptimizerAutomationService|aco-automation|-|-|-
        config|Config Service|json|1.1 StarlingDoveService|config|-|-|-
        cost-optimization-hub|Cost Optimization Hub|json|1.0 CostOptimizationHubService|cost-optimization-hub|-|-|-
        cur|Cost and Usage Report Service|json|1.1 AWSOrigamiServiceGatewayService|cur|-|-|-
        datapipeline|Data Pipeline|json|1.1 DataPipeline|datapipeline|-|-|-
        datasync|DataSync|json|1.1 FmrsService|datasync|-|-|-
        dax|DAX|json|1.1 AmazonDAXV3|dax|-|-|-
        devicefarm|Device Farm|json|1.1 DeviceFarm_20150623|devicefarm|-|-|-
        directconnect|Direct Connect|json|1.1 OvertureService|directconnect|-|-|-
        discovery|Application Discovery Service|json|1.1 AWSPoseidonService_V2015_11_01|discovery|-|-|-
        dms|Database Migration Service|json|1.1 AmazonDMSv20160101|dms|-|-|-
        docdb|DocDB|query|2014-10-31|rds|-|-|-
        ds|Directory Service|json|1.1 DirectoryService_20150416|ds|-|-|-
        dynamodb|DynamoDB|json|1.0 DynamoDB_20120810|dynamodb|-|-|-
        dynamodbstreams|DynamoDB Streams|json|1.0 DynamoDBStreams_20120810|streams.dynamodb|dynamodb|-|-
        ec2|EC2|ec2|2016-11-15|ec2|-|-|-
        ec2-instance-connect|EC2 Instance Connect|json|1.1 AWSEC2InstanceConnectService|ec2-instance-connect|-|-|-
        ecr|ECR|json|1.1 AmazonEC2ContainerRegistry_V20150921|api.ecr|ecr|-|-
        ecr-public|ECR PUBLIC|json|1.1 SpencerFrontendService|api.ecr-public|ecr-public|-|-
        ecs|ECS|json|1.1 AmazonEC2ContainerServiceV20141113|ecs|-|-|-
        elasticache|ElastiCache|query|2015-02-02|elasticache|-|-|-
        elasticbeanstalk|Elastic Beanstalk|query|2010-12-01|elasticbeanstalk|-|-|-
        elb|Elastic Load Balancing|query|2012-06-01|elasticloadbalancing|-|-|-
        elbv2|Elastic Load Balancing v2|query|2015-12-01|elasticloadbalancing|-|-|-
        emr|EMR|json|1.1 ElasticMapReduce|elasticmapreduce|-|-|-
        events|EventBridge|json|1.1 AWSEvents|events|-|-|-
        evs|evs|json|1.0 AmazonElasticVMwareService|evs|-|-|-
        firehose|Firehose|json|1.1 Firehose_20150804|firehose|-|-|-
        fms|FMS|json|1.1 AWSFMS_20180101|fms|-|-|-
        forecast|forecast|json|1.1 AmazonForecast|forecast|-|-|-
        forecastquery|forecastquery|json|1.1 AmazonForecastRuntime|forecastquery|forecast|-|-
        frauddetector|FraudDetector|json|1.1 AWSHawksNestServiceFacade|frauddetector|-|-|-
        freetier|FreeTier|json|1.0 AWSFreeTierService|freetier|-|freetier.us-east-1.api.aws|us-east-1
        fsx|FSx|json|1.1 AWSSimbaAPIService_v20180301|fsx|-|-|-
        gamelift|GameLift|json|1.1 GameLift|gamelift|-|-|-
        globalaccelerator|Global Accelerator|json|1.1 GlobalAccelerator_V20180706|globalaccelerator|-|-|-
        glue|Glue|json|1.1 AWSGlue|glue|-|-|-
        health|Health|json|1.1 AWSHealth_20160804|health|-|-|us-east-1
        healthlake|HealthLake|json|1.0 HealthLake|healthlake|-|-|-
        iam|IAM|query|2010-05-08|iam|-|iam.amazonaws.com|us-east-1
        identitystore|identitystore|json|1.1 AWSIdentityStore|identitystore|-|-|-
        importexport|ImportExport|query|2010-06-01|importexport|IngestionService|importexport.amazonaws.com|us-east-1
        inspector|Inspector|json|1.1 InspectorService|inspector|-|-|-
        interconnect|Interconnect|json|1.0 Interconnect|interconnect|-|interconnect.*.api.aws|-
        invoicing|Invoicing|json|1.0 Invoicing|invoicing|-|invoicing.us-east-1.api.aws|us-east-1
        iotfleetwise|IoTFleetWise|json|1.0 IoTAutobahnControlPlane|iotfleetwise|-|-|-
        iotsecuretunneling|IoTSecureTunneling|json|1.1 IoTSecuredTunneling|api.tunneling.iot|IoTSecuredTunneling|-|-
        iotthingsgraph|IoTThingsGraph|json|1.1 IotThingsGraphFrontEndService|iotthingsgraph|-|-|-
        kendra|kendra|json|1.1 AWSKendraFrontendService|kendra|-|-|-
        kendra-ranking|Kendra Ranking|json|1.0 AWSKendraRerankingFrontendService|kendra-ranking|-|kendra-ranking.*.api.aws|-
        keyspaces|Keyspaces|json|1.0 KeyspacesService|cassandra|-|-|-
        keyspacesstreams|KeyspacesStreams|json|1.0 KeyspacesStreams|cassandra-streams|cassandra|cassandra-streams.*.api.aws|-
        kinesis|Kinesis|json|1.1 Kinesis_20131202|kinesis|-|-|-
        kinesisanalytics|Kinesis Analytics|json|1.1 KinesisAnalytics_20150814|kinesisanalytics|-|-|-
        kinesisanalyticsv2|Kinesis Analytics V2|json|1.1 KinesisAnalytics_20180523|kinesisanalytics|-|-|-
        kms|KMS|json|1.1 TrentService|kms|-|-|-
        license-manager|License Manager|json|1.1 AWSLicenseManager|license-manager|-|-|-
        lightsail|Lightsail|json|1.1 Lightsail_20161128|lightsail|-|-|-
        logs|CloudWatch Logs|json|1.1 Logs_20140328|logs|-|-|-
        lookoutequipment|LookoutEquipment|json|1.0 AWSLookoutEquipmentFrontendService|lookoutequipment|-|-|-
        machinelearning|Machine Learning|json|1.1 AmazonML_20141212|machinelearning|-|-|-
        mailmanager|MailManager|json|1.0 MailManagerSvc|mail-manager|ses|-|-
        marketplace-agreement|Marketplace Agreement|json|1.0 AWSMPCommerceService_v20200301|agreement-marketplace|aws-marketplace|-|-
        marketplace-entitlement|Marketplace Entitlement Service|json|1.1 AWSMPEntitlementService|entitlement.marketplace|aws-marketplace|-|-
        marketplacecommerceanalytics|Marketplace Commerce Analytics|json|1.1 MarketplaceCommerceAnalytics20150701|marketplacecommerceanalytics|-|-|-
        mediastore|MediaStore|json|1.1 MediaStore_20170901|mediastore|-|-|-
        memorydb|MemoryDB|json|1.1 AmazonMemoryDB|memory-db|memorydb|-|-
        meteringmarketplace|Marketplace Metering|json|1.1 AWSMPMeteringService|metering.marketplace|aws-marketplace|-|-
        mgh|Migration Hub|json|1.1 AWSMigrationHub|mgh|-|-|-
        migrationhub-config|MigrationHub Config|json|1.1 AWSMigrationHubMultiAccountService|migrationhub-config|mgh|-|-
        mturk|MTurk|json|1.1 MTurkRequesterServiceV20170117|mturk-requester|-|-|-
        mwaa-serverless|MWAA Serverless|json|1.0 AmazonMWAAServerless|airflow-serverless|-|airflow-serverless.*.api.aws|-
        neptune|Neptune|query|2014-10-31|rds|-|-|-
        network-firewall|Network Firewall|json|1.0 NetworkFirewall_20201112|network-firewall|-|-|-
        odb|odb|json|1.0 Odb|odb|-|-|-
        opensearchserverless|OpenSearchServerless|json|1.0 OpenSearchServerless|aoss|-|-|-
        organizations|Organizations|json|1.1 AWSOrganizationsV20161128|organizations|-|organizations.us-east-1.amazonaws.com|us-east-1
        partnercentral-account|PartnerCentral Account|json|1.0 PartnerCentralAccount|partnercentral-account|-|partnercentral-account.*.api.aws|-
        partnercentral-benefits|PartnerCentral Benefits|json|1.0 PartnerCentralBenefitsService|partnercentral-benefits|-|partnercentral-benefits.*.api.aws|-
        partnercentral-channel|PartnerCentral Channel|json|1.0 PartnerCentralChannel|partnercentral-channel|-|partnercentral-channel.global.api.aws|us-east-1
        partnercentral-selling|PartnerCentral Selling|json|1.0 AWSPartnerCentralSelling|partnercentral-selling|-|partnercentral-selling.*.api.aws|-
        payment-cryptography|Payment Cryptography|json|1.0 PaymentCryptographyControlPlane|controlplane.payment-cryptography|payment-cryptography|-|-
        pcs|PCS|json|1.0 AWSParallelComputingService|pcs|-|-|-
        personalize|Personalize|json|1.1 AmazonPersonalize|personalize|-|-|-
        pi|PI|json|1.1 PerformanceInsightsv20180227|pi|-|-|-
        pinpoint-sms-voice-v2|Pinpoint SMS Voice V2|json|1.0 PinpointSMSVoiceV2|sms-voice|-|-|-
        pricing|Pricing|json|1.1 AWSPriceListService|api.pricing|pricing|-|-
        proton|Proton|json|1.0 AwsProton20200720|proton|-|-|-
        rds|RDS|query|2014-10-31|rds|-|-|-
        redshift|Redshift|query|2012-12-01|redshift|-|-|-
        redshift-data|Redshift Data|json|1.1 RedshiftData|redshift-data|-|-|-
        redshift-serverless|Redshift Serverless|json|1.1 RedshiftServerless|redshift-serverless|-|-|-
        rekognition|Rekognition|json|1.1 RekognitionService|rekognition|-|-|-
        resourcegroupstaggingapi|Resource Groups Tagging API|json|1.1 ResourceGroupsTaggingAPI_20170126|tagging|-|-|-
        route53-recovery-cluster|Route53 Recovery Cluster|json|1.0 ToggleCustomerAPI|route53-recovery-cluster|-|-|-
        route53domains|Route 53 Domains|json|1.1 Route53Domains_v20140515|route53domains|-|-|-
        route53resolver|Route53Resolver|json|1.1 Route53Resolver|route53resolver|-|-|-
        sagemaker|SageMaker|json|1.1 SageMaker|api.sagemaker|sagemaker|-|-
        sdb|SimpleDB|query|2009-04-15|sdb|-|-|-
        secretsmanager|Secrets Manager|json|1.1 secretsmanager|secretsmanager|-|-|-
        service-quotas|Service Quotas|json|1.1 ServiceQuotasV20190624|servicequotas|-|-|-
        servicecatalog|Service Catalog|json|1.1 AWS242ServiceCatalogService|servicecatalog|-|-|-
        servicediscovery|ServiceDiscovery|json|1.1 Route53AutoNaming_v20170314|servicediscovery|-|-|-
        ses|SES|query|2010-12-01|email|ses|-|-
        shield|Shield|json|1.1 AWSShield_20160616|shield|-|shield.us-east-1.amazonaws.com|us-east-1
        snowball|Snowball|json|1.1 AWSIESnowballJobManagementService|snowball|-|-|-
        sns|SNS|query|2010-03-31|sns|-|-|-
        sqs|SQS|json|1.0 AmazonSQS|sqs|-|-|-
        ssm|SSM|json|1.1 AmazonSSM|ssm|-|-|-
        ssm-contacts|SSM Contacts|json|1.1 SSMContacts|ssm-contacts|-|-|-
        sso-admin|SSO Admin|json|1.1 SWBExternalService|sso|-|-|-
        stepfunctions|SFN|json|1.0 AWSStepFunctions|states|-|-|-
        storagegateway|Storage Gateway|json|1.1 StorageGateway_20130630|storagegateway|-|-|-
        sts|STS|query|2011-06-15|sts|-|-|-
        support|Support|json|1.1 AWSSupport_20130415|support|-|support.us-east-1.amazonaws.com|us-east-1
        swf|SWF|json|1.0 SimpleWorkflowService|swf|-|-|-
        textract|Textract|json|1.1 Textract|textract|-|-|-
        timestream-influxdb|Timestream InfluxDB|json|1.0 AmazonTimestreamInfluxDB|timestream-influxdb|-|-|-
        timestream-query|Timestream Query|json|1.0 Timestream_20181101|query.timestream|timestream|-|-
        timestream-write|Timestream Write|json|1.0 Timestream_20181101|ingest.timestream|timestream|-|-
        transcribe|Transcribe|json|1.1 Transcribe|transcribe|-|-|-
        transfer|Transfer|json|1.1 TransferService|transfer|-|-|-
        translate|Translate|json|1.1 AWSShineFrontendService_20170701|translate|-|-|-
        verifiedpermissions|VerifiedPermissions|json|1.0 VerifiedPermissions|verifiedpermissions|-|-|-
        voice-id|Voice ID|json|1.0 VoiceID|voiceid|-|-|-
        waf|WAF|json|1.1 AWSWAF_20150824|waf|-|waf.amazonaws.com|us-east-1
        waf-regional|WAF Regional|json|1.1 AWSWAF_Regional_20161128|waf-regional|-|-|-
        wafv2|WAFV2|json|1.1 AWSWAF_20190729|wafv2|-|-|-
        workmail|WorkMail|json|1.1 WorkMailService|workmail|-|-|-
        workspaces|WorkSpaces|json|1.1 WorkspacesService|workspaces|-|-|-
        workspaces-instances|Workspaces Instances|json|1.0 EUCMIFrontendAPIService|workspaces-instances|-|workspaces-instances.*.api.aws|-
        """
}
