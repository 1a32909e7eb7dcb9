// What a page that uses these clients loads.

import Uppy from "@uppy/core";
import Tus from "@uppy/tus";
import XHRUpload from "@uppy/xhr-upload";
import * as tus from "tus-js-client";

Object.assign(globalThis, { Uppy, Tus, XHRUpload, tus });
