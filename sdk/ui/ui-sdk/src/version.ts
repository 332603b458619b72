/** Version of this SDK; plugins state the range they were built for. */
export const SDK_VERSION = '0.1.0';
