import { Duration } from 'aws-cdk-lib';
import {
  AllowedMethods,
  type BehaviorOptions,
  CachePolicy,
  Distribution,
  Function as ViewerFunction,
  FunctionCode,
  FunctionEventType,
  FunctionRuntime,
  HttpVersion,
  type IKeyGroup,
  type IResponseHeadersPolicy,
  OriginRequestPolicy,
  S3OriginAccessControl,
  SecurityPolicyProtocol,
  ViewerProtocolPolicy,
} from 'aws-cdk-lib/aws-cloudfront';
import { HttpOrigin, S3BucketOrigin } from 'aws-cdk-lib/aws-cloudfront-origins';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import type { Domain } from '../settings/domain.ts';
import type { Firewall } from '../settings/firewall.ts';
import { globalName } from './global-name.ts';
import { membersBehaviour } from './members-files.ts';
import { PageFiles } from './page-files.ts';
import { builtPage } from './page-languages.ts';
import { securityHeaders } from './security-headers.ts';
import { SiteDomain } from './site-domain.ts';
import { acknowledgeSite } from './site-findings.ts';
import { viewerRequestCode } from './viewer-request.ts';
import { webAclArn } from './web-acl.ts';

/** Paths that show the page; its script looks at the path. */
const VIEWS = ['/', '/checkout', '/success', '/cancel', '/pay'];

/**
 * CloudFront keeps these for ten seconds if nothing else is said, `no-store` or not, and also where nothing else is kept: one
 * user's fault would be everybody's answer, and somebody who asks for another's checkout could keep it from its owner.
 */
const NEVER_KEPT = [404, 414, 500, 501, 502, 503, 504].map((httpStatus) => ({ httpStatus, ttl: Duration.seconds(0) }));

export interface SiteProps {
  /** The folder with the built page. */
  readonly page: string;
  /** A folder with `members/` in it: the files that only members may have. */
  readonly membersFiles: string;
  /** Whose signature opens them. */
  readonly membersKeys: IKeyGroup;
  /** The API's host. */
  readonly apiDomain: string;
  /** Beside the site itself, where the page may send requests to: sources as in a Content-Security-Policy. */
  readonly connectSources: readonly string[];
  /** Whether the page loads Stripe.js, and takes payments itself. */
  readonly stripeJs: boolean;
  /** @default - CloudFront's own name */
  readonly domain: Domain | undefined;
  /** @default - none */
  readonly firewall: Firewall | undefined;
}

/** CloudFront: the page from a private bucket, beside it the members' files, and the API under `/api`. `/webhook` is not here. */
export class Site extends Construct {
  /** `https://...`, without trailing slash. */
  readonly url: string;

  constructor(scope: Construct, id: string, props: SiteProps) {
    super(scope, id);
    const headers = securityHeaders(this, 'Headers', props);
    const files = new PageFiles(this, 'Page');
    const page = this.pageBehavior(files.bucket, props.page, headers);
    const domain = props.domain && new SiteDomain(this, 'Domain', props.domain);
    const distribution = new Distribution(this, 'Distribution', {
      httpVersion: HttpVersion.HTTP2_AND_3,
      // No error pages: they count for all behaviours, so the API's own 403 and 404 would turn into pages. The viewer function
      // answers unknown paths instead.
      errorResponses: NEVER_KEPT,
      defaultBehavior: page,
      additionalBehaviors: {
        ...this.apiBehaviors(props.apiDomain, headers),
        '/members/*': membersBehaviour(this, page.origin, props.membersKeys),
      },
      ...(domain && {
        domainNames: [domain.name],
        certificate: domain.certificate,
        minimumProtocolVersion: SecurityPolicyProtocol.TLS_V1_2_2021,
      }),
      ...(props.firewall && { webAclId: webAclArn(this, 'WebAcl', props.firewall) }),
    });
    files.deploy([props.page, props.membersFiles], distribution);
    domain?.pointTo(distribution);
    this.url = `https://${domain?.name ?? distribution.distributionDomainName}`;
    acknowledgeSite(distribution, props);
  }

  private pageBehavior(bucket: IBucket, page: string, responseHeadersPolicy: IResponseHeadersPolicy): BehaviorOptions {
    const viewerRequest = new ViewerFunction(this, 'ViewerRequest', {
      code: FunctionCode.fromInline(viewerRequestCode({ views: VIEWS, ...builtPage(page) })),
      runtime: FunctionRuntime.JS_2_0,
    });
    const originAccessControl = new S3OriginAccessControl(this, 'OriginAccess', {
      originAccessControlName: globalName(this),
    });
    return {
      origin: S3BucketOrigin.withOriginAccessControl(bucket, { originAccessControl }),
      viewerProtocolPolicy: ViewerProtocolPolicy.REDIRECT_TO_HTTPS,
      cachePolicy: CachePolicy.CACHING_OPTIMIZED,
      responseHeadersPolicy,
      functionAssociations: [{ function: viewerRequest, eventType: FunctionEventType.VIEWER_REQUEST }],
    };
  }

  private apiBehaviors(domain: string, responseHeadersPolicy: IResponseHeadersPolicy): Record<string, BehaviorOptions> {
    const api = {
      origin: new HttpOrigin(domain),
      viewerProtocolPolicy: ViewerProtocolPolicy.HTTPS_ONLY,
      allowedMethods: AllowedMethods.ALLOW_ALL,
      responseHeadersPolicy,
    };
    return {
      '/api/config': { ...api, cachePolicy: this.configCache() },
      '/api/*': {
        ...api,
        cachePolicy: CachePolicy.CACHING_DISABLED,
        // The token and all else but Host: API Gateway finds the API by it, so it has to be the API's own.
        originRequestPolicy: OriginRequestPolicy.ALL_VIEWER_EXCEPT_HOST_HEADER,
      },
    };
  }

  /**
   * Keeps what the API says may be kept and no longer. Nothing of the request is in the key, and nothing of it reaches
   * the API: all visitors get the same, and none can choose what the others get.
   */
  private configCache(): CachePolicy {
    return new CachePolicy(this, 'ConfigCache', {
      comment: 'GET /api/config, for as long as its Cache-Control says',
      minTtl: Duration.seconds(0),
      defaultTtl: Duration.seconds(0),
      maxTtl: Duration.hours(1),
      enableAcceptEncodingGzip: true,
      enableAcceptEncodingBrotli: true,
    });
  }
}
