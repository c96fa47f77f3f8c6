import { Duration, Validations } from 'aws-cdk-lib';
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
  type IResponseHeadersPolicy,
  OriginRequestPolicy,
  S3OriginAccessControl,
  ViewerProtocolPolicy,
} from 'aws-cdk-lib/aws-cloudfront';
import { HttpOrigin, S3BucketOrigin } from 'aws-cdk-lib/aws-cloudfront-origins';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { listFiles } from '../bundle/files.ts';
import { globalName } from './global-name.ts';
import { PageFiles } from './page-files.ts';
import { securityHeaders } from './security-headers.ts';
import { viewerRequestCode } from './viewer-request.ts';

/** Paths that show the page; its script looks at the path. */
const VIEWS = ['/', '/success', '/cancel', '/pay'];

export interface SiteProps {
  /** The folder with the built page. */
  readonly page: string;
  /** The API's host. */
  readonly apiDomain: string;
  /** Beside the site itself, where the page may send requests to: sources as in a Content-Security-Policy. */
  readonly connectSources: readonly string[];
}

/** CloudFront: the page from a private bucket, and the API under `/api` on the same origin. `/webhook` is not here. */
export class Site extends Construct {
  /** `https://...`, without trailing slash. */
  readonly url: string;

  constructor(scope: Construct, id: string, props: SiteProps) {
    super(scope, id);
    const headers = securityHeaders(this, 'Headers', props.connectSources);
    const files = new PageFiles(this, 'Page');
    const distribution = new Distribution(this, 'Distribution', {
      httpVersion: HttpVersion.HTTP2_AND_3,
      // No custom error responses: they count for all behaviours, so the API's own 403 and 404 would turn into pages.
      // The viewer function answers unknown paths instead.
      defaultBehavior: this.pageBehavior(files.bucket, props.page, headers),
      additionalBehaviors: this.apiBehaviors(props.apiDomain, headers),
    });
    files.deploy(props.page, distribution);
    this.url = `https://${distribution.distributionDomainName}`;
    acknowledge(distribution);
  }

  private pageBehavior(bucket: IBucket, page: string, responseHeadersPolicy: IResponseHeadersPolicy): BehaviorOptions {
    const viewerRequest = new ViewerFunction(this, 'ViewerRequest', {
      code: FunctionCode.fromInline(viewerRequestCode(VIEWS, listFiles(page))),
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

const acknowledge = (distribution: Distribution): void =>
  Validations.of(distribution).acknowledge(
    {
      id: 'AwsSolutions-CFR1',
      reason: 'Where an operator may sell is theirs to say; Stripe Tax and Radar are where that is set.',
    },
    {
      id: 'AwsSolutions-CFR2',
      reason:
        'A web ACL costs each month even while nobody comes. The API is throttled, takes small bodies only, and all ' +
        'that matters is behind a token; an operator under attack attaches one to this distribution.',
    },
    {
      id: 'AwsSolutions-CFR3',
      reason:
        "The API's access log has every request that does something. What is left are static files, whose log would be " +
        'a store of visitors’ addresses to look after, and a bucket that needs ACLs, which are off everywhere here.',
    },
    {
      id: 'AwsSolutions-CFR4',
      reason:
        'CloudFront fixes the TLS policy of its own *.cloudfront.net certificate; a minimum can be set only with a domain ' +
        'and certificate of one’s own. Browsers of today speak TLS 1.2 or 1.3 to it, and HSTS keeps them on HTTPS.',
    },
  );
